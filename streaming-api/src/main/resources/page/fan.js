// A fan: what a quantity is expected to do, cycle by cycle, with its bands; earlier medians faint behind it, a what-if beside it in another line style.
import { el } from './dom.js';
import { number } from './format.js';
import { pictureOf, takeawayButtons } from './takeaway.js';
import { LEGEND_MARKERS, PAPER, colours, printing } from './theme.js';

const HEIGHT = 190;

function height() {
  return printing() ? PAPER.height : HEIGHT;
}

export class Fan {
  // plan: {title, name, file, of(point), digits, unit, limit(forecast) -> number or null}
  constructor(uPlot, container, cell, plan) {
    this.uPlot = uPlot;
    this.cell = cell;
    this.plan = plan;
    this.legend = el('span', { class: 'legend' });
    this.element = el('figure', { class: 'chart' }, el('figcaption', {}, el('b', {}, plan.title), this.legend, takeawayButtons({
      name: plan.title, file: `${cell}-${plan.file}.csv`, table: (separator) => this.table(separator),
      picture: () => pictureOf(this.chart.ctx.canvas, `${cell} · ${plan.title}`, colours()),
    })));
    container.append(this.element);
    this.resized = new ResizeObserver(() => this.chart?.setSize({ width: this.width(), height: height() }));
    this.resized.observe(container);
  }

  // Draws anew; whatIf may be null.
  draw(forecast, earlier, whatIf) {
    this.chart?.destroy();
    this.legend.replaceChildren();
    const lines = this.lines(forecast, earlier, whatIf);
    const cycles = [...new Set(lines.flatMap((line) => line.points.map((point) => point.cycle)))].sort((a, b) => a - b);
    const columns = lines.map((line) => {
      const byCycle = new Map(line.points.map((point) => [point.cycle, this.plan.of(point)?.[line.quantile] ?? null]));
      return cycles.map((cycle) => byCycle.get(cycle) ?? null);
    });
    const limit = this.plan.limit(forecast);
    const p = colours();
    this.named = [['cycle', cycles], ...lines.map((line, i) => [line.column, columns[i]])];
    const axis = { stroke: p.faint, grid: { stroke: p.rule, width: 1 }, ticks: { stroke: p.rule, width: 1 }, font: p.font };
    const show = (u, v) => (v === null || v === undefined ? '–' : `${number(v, this.plan.digits)} ${this.plan.unit}`);
    const series = [{ label: 'cycle', value: (u, v) => (v === null || v === undefined ? '–' : number(v, 0)) },
      ...lines.map((line) => ({ points: { show: false }, spanGaps: true, value: show, ...line.style(p) })),
      ...(limit === null ? [] : [{ label: '80 %', stroke: p.ink, width: 1, points: { show: false }, value: show }])];
    this.chart = new this.uPlot({
      width: this.width(), height: height(), series,
      bands: [{ series: [2, 1], fill: p.band }, { series: [4, 3], fill: p.band }],
      legend: { live: true, markers: LEGEND_MARKERS, mount: (u, table) => this.legend.append(table) },
      cursor: { y: false, points: { size: 6 } },
      scales: { x: { time: false } },
      axes: [{ ...axis, ...(printing() ? { size: 24, gap: 2 } : { size: 30, label: 'cycle', labelSize: 14, labelFont: p.font }) }, { ...axis, size: 56, space: () => (printing() ? 14 : 30) }],
      padding: [8, 12, 0, 0],
    }, [cycles, ...columns, ...(limit === null ? [] : [cycles.map(() => limit)])], this.element);
    this.chart.root.setAttribute('role', 'img');
    this.chart.root.setAttribute('aria-label', this.plan.title);
  }

  lines(forecast, earlier, whatIf) {
    const edge = () => ({ stroke: 'transparent', width: 0, label: '', class: 'edge' });
    const name = this.plan.name;
    const lines = ['p05', 'p95', 'p25', 'p75'].map((quantile) => ({ points: forecast.points, quantile, column: `${name}_${quantile}`, style: edge }));
    earlier.forEach((one) => lines.push({
      points: one.points, quantile: 'p50', column: `${name}_p50_expected_at_cycle_${one.cycle_count}`,
      style: (p) => ({ stroke: p.faint, width: 0.6, label: `at ${one.cycle_count}`, class: 'edge' }),
    }));
    lines.push({ points: forecast.points, quantile: 'p50', column: `${name}_p50`, style: (p) => ({ stroke: p.predicted, width: 1.6, dash: [5, 4], label: 'median' }) });
    if (whatIf) {
      for (const [quantile, width] of [['p05', 0.7], ['p95', 0.7], ['p50', 1.8]]) {
        lines.push({
          points: whatIf.points, quantile, column: `${name}_${quantile}_what_if`,
          style: (p) => ({ stroke: p.whatIf, width, dash: [10, 3, 2, 3], label: 'what if', ...(quantile === 'p50' ? {} : { class: 'edge' }) }),
        });
      }
    }
    return lines;
  }

  table(separator) {
    const rows = [this.named.map(([name]) => name).join(separator)];
    this.named[0][1].forEach((_, i) => rows.push(this.named.map(([, column]) => column[i] ?? '').join(separator)));
    return `${rows.join('\n')}\n`;
  }

  width() {
    return printing() ? PAPER.width : Math.max(280, this.element.clientWidth - 2);
  }

  close() {
    this.resized.disconnect();
    this.chart?.destroy();
  }
}
