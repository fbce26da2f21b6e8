// Draws /openapi.json so that it can be read and tried. The streams and topics are in /asyncapi.json.
globalThis.SwaggerUIBundle({
  url: '/openapi.json',
  domNode: document.getElementById('api'),
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // the validator would be asked elsewhere, and nothing is fetched from elsewhere
  validatorUrl: null,
});
