// Taking a chart away: its picture or its numbers to the clipboard, its numbers as a file.
import { announce, el } from './dom.js';

export function saveText(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// The two buttons of a chart. table(separator) gives its numbers, picture() a canvas.
export function takeawayButtons({ name, file, table, picture = null }) {
  const said = el('span', { class: 'said', role: 'status' });
  const say = (words) => {
    said.textContent = words;
    announce(words);
    setTimeout(() => { said.textContent = ''; }, 3000);
  };
  const copy = async () => {
    try {
      say(await toClipboard(picture?.() ?? null, table('\t')));
    } catch {
      say('The browser does not let this page copy; CSV works.');
    }
  };
  return el('span', { class: 'takeaway' }, said,
    el('button', { type: 'button', class: 'small', 'aria-label': `Copy ${name}`, title: 'Copy the picture and the numbers', onclick: copy }, 'Copy'),
    el('button', { type: 'button', class: 'small', 'aria-label': `${name} as CSV`, title: 'Save the numbers that are in sight', onclick: () => saveText(table(','), file) }, 'CSV'));
}

// One entry with both: what pastes pictures takes the picture, a spreadsheet takes the numbers.
async function toClipboard(canvas, text) {
  if (!canvas) {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  }
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob, 'text/plain': new Blob([text], { type: 'text/plain' }) })]);
  return 'Copied';
}

// A chart with its title on a ground of its own: a transparent picture is unreadable on half of the slides it is pasted on.
export function pictureOf(source, title, { ink, panel, font }) {
  const ratio = window.devicePixelRatio || 1;
  const head = Math.round(26 * ratio);
  const canvas = el('canvas', { width: source.width, height: source.height + head });
  const context = canvas.getContext('2d');
  context.fillStyle = panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, head);
  context.fillStyle = ink;
  context.font = `600 ${Math.round(13 * ratio)}px ${font.replace(/^\d+px /, '')}`;
  context.fillText(title, 10 * ratio, 18 * ratio);
  return canvas;
}
