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
    panel: get('--panel'),
    whatIf: get('--what-if'),
    font: `11px ${get('--font')}`,
  };
}

// Calls when light becomes dark, dark becomes light, or a sheet of paper wants light for a while; gives back how to stop that.
export function onThemeChange(listener) {
  const query = matchMedia('(prefers-color-scheme: dark)');
  query.addEventListener('change', listener);
  addEventListener('palette', listener);
  return () => {
    query.removeEventListener('change', listener);
    removeEventListener('palette', listener);
  };
}

// Paper is white: whatever is drawn is drawn anew in the light colours before printing, and back after it.
export function lightForPrinting() {
  const change = (printing) => {
    document.documentElement.classList.toggle('printing', printing);
    dispatchEvent(new Event('palette'));
  };
  addEventListener('beforeprint', () => change(true));
  addEventListener('afterprint', () => change(false));
}
