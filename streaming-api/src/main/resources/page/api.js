// Draws /openapi.json so that it can be read and tried. The streams and topics are in /asyncapi.json.
globalThis.SwaggerUIBundle({
  url: '/openapi.json',
  domNode: document.getElementById('api'),
  plugins: [() => ({
    // there is this server alone: a choice with one entry asks for nothing
    wrapComponents: { ServersContainer: () => () => null },
  })],
  defaultModelsExpandDepth: 0,
  // the validator would be asked elsewhere, and nothing is fetched from elsewhere
  validatorUrl: null,
});
