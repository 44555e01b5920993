// Draws each chart in the place of its picture; nothing is loaded.
const loader = {
  load: address => Promise.reject(new Error(`${address} is not in this page`)),
  sanitize: address => address.startsWith('data:')
    ? Promise.resolve({href: address}) : Promise.reject(new Error(`${address} is not in this page`)),
};
document.querySelectorAll('figure.chart').forEach(async figure => {
  const spec = JSON.parse(figure.querySelector('script').textContent);
  const vega5 = vega.parse(vegaLite.compile(spec).spec);
  const place = figure.insertBefore(document.createElement('div'), figure.firstChild);
  const controls = figure.appendChild(document.createElement('div'));
  controls.className = 'controls';
  const view = new vega.View(vega5, {
    renderer: 'svg', container: place, bind: controls, hover: true, logLevel: vega.Warn, loader,
  });
  view.tooltip((handler, event, item, value) => {
    place.title = value === null || value === undefined ? '' : typeof value !== 'object' ? value
      : Object.entries(value).map(([name, each]) => `${name}: ${each}`).join('\n');
  });
  await view.runAsync();
  figure.querySelectorAll('img').forEach(picture => picture.remove());
});
