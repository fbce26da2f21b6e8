// The colours of drawings, taken from the style sheet, so that light and dark are defined in one place.

export function colours() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  return {
    ink: get('--ink'),
    faint: get('--faint'),
    rule: get('--rule'),
    measured: get('--measured'),
    predicted: get('--predicted'),
    band: get('--band'),
    temperature: get('--temperature'),
    parts: [1, 2, 3, 4, 5].map((i) => get(`--part-${i}`)),
    font: `11px ${get('--font')}`,
  };
}

export function onThemeChange(listener) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', listener);
}
