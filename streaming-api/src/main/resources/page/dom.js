// Small pieces for building and changing the document. Text always goes in as text, never as markup.

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Writing the same text again would make the browser lay out the page for nothing.
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

const SAID_MS = 10000;
let announced = '';

// Says something to those who listen instead of look; the same sentence only once. It is put after what is being said: a summary does not cut off an alert.
export function announce(sentence) {
  if (sentence !== announced) {
    announced = sentence;
    const line = el('p', {}, sentence);
    document.getElementById('announcer').append(line);
    setTimeout(() => line.remove(), SAID_MS);
  }
}
