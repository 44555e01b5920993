document.querySelectorAll('figure.chart').forEach(figure => {
  const spec = JSON.parse(figure.querySelector('script').textContent);
  const place = figure.insertBefore(document.createElement('div'), figure.firstChild);
  const controls = figure.appendChild(document.createElement('div'));
  controls.className = 'controls';
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), {
    renderer: 'svg', container: place, bind: controls, hover: true, logLevel: vega.Warn,
  });
  view.tooltip((handler, event, item, value) => {
    const lines = value === null || value === undefined ? '' : typeof value !== 'object' ? value
      : Object.entries(value).map(([name, each]) => `${name}: ${each}`).join('\n');
    place.title = String(lines);
  });
  view.runAsync().then(
    () => figure.querySelectorAll('img').forEach(picture => picture.remove()),
    error => { place.remove(); controls.remove(); throw error; });
});
