// A voltage at a glance: the predicted 90 % band behind, the predicted value dashed, the measured value solid.

export function drawSparkline(canvas, trace, colours, dimmed) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (width === 0) {
    return;
  }
  if (canvas.width !== Math.round(width * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  if (!trace || trace.t.length < 2) {
    return;
  }
  const { t, measured, predicted, half } = trace;
  const [low, high] = range(trace);
  const left = t[0];
  const x = (i) => 1 + ((width - 2) * (t[i] - left)) / Math.max(1e-9, t[t.length - 1] - left);
  const y = (v) => 2 + (height - 4) * (1 - (v - low) / Math.max(1e-9, high - low));
  context.globalAlpha = dimmed ? 0.45 : 1;

  context.fillStyle = colours.band;
  context.beginPath();
  const known = [...t.keys()].filter((i) => predicted[i] !== null && half[i] !== null);
  known.forEach((i) => context.lineTo(x(i), y(clamp(predicted[i] + half[i], low, high))));
  known.reverse().forEach((i) => context.lineTo(x(i), y(clamp(predicted[i] - half[i], low, high))));
  context.fill();

  line(context, t, predicted, x, y, colours.predicted, [3, 3], 1);
  line(context, t, measured, x, y, colours.measured, [], 1.25);
  context.globalAlpha = 1;
}

function line(context, t, values, x, y, colour, dash, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.beginPath();
  let pen = false;
  for (let i = 0; i < t.length; i++) {
    if (values[i] === null) {
      pen = false;
    } else if (pen) {
      context.lineTo(x(i), y(values[i]));
    } else {
      context.moveTo(x(i), y(values[i]));
      pen = true;
    }
  }
  context.stroke();
  context.setLineDash([]);
}

// The measured values decide the scale, so that one wide band at the start of a test does not flatten the rest.
function range({ measured }) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of measured) {
    if (value !== null) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const margin = Math.max(0.01, 0.08 * (high - low));
  return [low - margin, high + margin];
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
