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
    font: `${printing() ? 8 : 11}px ${get('--font')}`,
  };
}

// A chart on paper [px]: two beside each other between the margins of an A4 page. Said beforehand, since what is drawn must have its size before the paper has a layout.
export const PAPER = { width: 353, height: 68, timeAxis: 16 };

// A legend shows the line as it is drawn: dashed is predicted, solid is measured.
export const LEGEND_MARKERS = { width: 3, dash: (u, i) => (u.series[i].dash ? 'dashed' : 'solid') };

// Whether what is drawn now is drawn for paper.
export function printing() {
  return document.documentElement.classList.contains('printing');
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
  const change = (paper) => {
    document.documentElement.classList.toggle('printing', paper);
    dispatchEvent(new Event('palette'));
  };
  addEventListener('beforeprint', () => change(true));
  addEventListener('afterprint', () => change(false));
}
