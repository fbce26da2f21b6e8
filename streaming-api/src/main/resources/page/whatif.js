// What if the cell were run otherwise: a form whose answer is drawn beside the forecast and changes nothing.
import { el, setAttribute, setText } from './dom.js';
import { number } from './format.js';
import { postJson } from './stream.js';

// [name, words, unit, value in the programme, what is sent for a value of the form]
const FIELDS = [
  ['charge', 'Charge', 'mA/cm²', 'charge_current_density_ma_cm2', (value, p) => ({ charge_current_a: value * perDensity(p, 'charge') })],
  ['discharge', 'Discharge', 'mA/cm²', 'discharge_current_density_ma_cm2', (value, p) => ({ discharge_current_a: value * perDensity(p, 'discharge') })],
  ['max', 'Charge to', 'V', 'voltage_max_v', (value) => ({ voltage_max_v: value })],
  ['min', 'Discharge to', 'V', 'voltage_min_v', (value) => ({ voltage_min_v: value })],
  ['ambient', 'Surroundings', '°C', 'ambient_degc', (value) => ({ ambient_degc: value })],
];

export class WhatIf {
  // onAnswer(forecast) is told of an answer, onAnswer(null) when it is put away.
  constructor(cell, onAnswer) {
    this.cell = cell;
    this.onAnswer = onAnswer;
    this.inputs = FIELDS.map(([name]) => el('input', { type: 'number', step: 'any', name, required: true, 'aria-describedby': `what-if-${name}` }));
    this.wrong = FIELDS.map(([name]) => el('span', { class: 'wrong', id: `what-if-${name}` }));
    this.said = el('p', { class: 'problem', role: 'status' });
    this.submit = el('button', { type: 'submit' }, 'Forecast');
    this.away = el('button', { type: 'button', hidden: true, onclick: () => this.putAway() }, 'Put away');
    this.element = el('form', { class: 'what-if-form', 'aria-label': 'What if', onsubmit: (event) => this.ask(event) },
      el('h4', {}, 'What if it were run otherwise?'),
      ...FIELDS.map(([, words, unit], i) => el('label', {}, el('span', {}, words), this.inputs[i], el('span', {}, unit), this.wrong[i])),
      el('p', { class: 'what-if-tools' }, this.submit, this.away), this.said);
  }

  // Begins with what runs now; what a person has written stays.
  offer(programme) {
    this.programme = programme;
    FIELDS.forEach(([,,, of], i) => {
      const input = this.inputs[i];
      if (!input.dataset.touched && document.activeElement !== input) {
        input.value = programme ? Number(programme[of].toPrecision(4)) : '';
        input.oninput = () => { input.dataset.touched = 'true'; };
      }
    });
    this.element.hidden = !programme;
  }

  async ask(event) {
    event.preventDefault();
    const body = {};
    FIELDS.forEach(([,,, of, sent], i) => {
      const value = Number(this.inputs[i].value);
      // what was not changed stays as it runs, to the last digit
      if (Math.abs(value - this.programme[of]) > 1e-3 * Math.abs(this.programme[of])) {
        Object.assign(body, sent(value, this.programme));
      }
    });
    this.submit.disabled = true;
    this.mark(null);
    setText(this.said, 'Computing…');
    try {
      const answer = await postJson(`/api/v1/cells/${encodeURIComponent(this.cell)}/forecast/what-if`, body);
      setText(this.said, Object.keys(body).length === 0 ? 'Nothing was changed: this is the programme that runs.' : changedWords(answer.forecast.programme));
      this.away.hidden = false;
      this.onAnswer(answer.forecast);
    } catch (error) {
      setText(this.said, this.mark(error) ? 'Not computed: one value cannot be run.' : error.message);
    } finally {
      this.submit.disabled = false;
    }
  }

  // Says at a field what is wrong with it; false where the problem is none of a field here.
  mark(problem) {
    let found = false;
    FIELDS.forEach(([,, unit,, sent], i) => {
      const [name] = Object.keys(sent(1, this.programme));
      const here = problem !== null && problem.field === name;
      found ||= here;
      setAttribute(this.inputs[i], 'aria-invalid', String(here));
      const amperes = here && name.endsWith('_a') ? ` (${number(Number(problem.value), 2)} A is ${this.inputs[i].value} ${unit} here)` : '';
      setText(this.wrong[i], here ? `expected ${problem.expected}${amperes}` : '');
      if (here) {
        this.inputs[i].focus();
      }
    });
    return found;
  }

  putAway() {
    this.away.hidden = true;
    this.mark(null);
    setText(this.said, '');
    this.inputs.forEach((input) => { delete input.dataset.touched; });
    this.offer(this.programme);
    this.onAnswer(null);
  }
}

function perDensity(programme, name) {
  const density = programme[`${name}_current_density_ma_cm2`];
  return density > 0 ? programme[`${name}_current_a`] / density : 0;
}

function changedWords(programme) {
  return `Drawn dash-dotted: charge at ${number(programme.charge_current_density_ma_cm2, 2)}, discharge at ${number(programme.discharge_current_density_ma_cm2, 2)} mA/cm², ${number(programme.voltage_min_v, 2)} to ${number(programme.voltage_max_v, 2)} V, ${number(programme.ambient_degc, 0)} °C. Nothing is changed in the test.`;
}
