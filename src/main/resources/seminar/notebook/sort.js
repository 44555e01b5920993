(() => {
  if (window.seminarSort) return;
  window.seminarSort = true;
  const HEAD = 'table.dataframe thead th';
  document.head.appendChild(document.createElement('style')).textContent =
    `${HEAD}{cursor:pointer}${HEAD}[aria-sort=ascending]::after{content:" ▲"}${HEAD}[aria-sort=descending]::after{content:" ▼"}`;
  const number = text => {
    const found = /^\s*([-+−]?(?:\d[\d,]*)?\.?\d+(?:e[-+]?\d+)?)/i.exec(text);
    return found ? Number(found[1].replace(/,/g, '').replace('−', '-')) : NaN;
  };
  document.addEventListener('click', event => {
    const head = event.target.closest && event.target.closest(HEAD);
    const body = head && head.closest('table').tBodies[0];
    if (!body) return;
    const rows = [...body.rows];
    rows.forEach((row, i) => { row.dataset.place = row.dataset.place || i; });
    const was = head.getAttribute('aria-sort');
    const order = was === 'ascending' ? 'descending' : was ? '' : 'ascending';
    for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
    if (order) head.setAttribute('aria-sort', order);
    const text = row => row.cells[head.cellIndex] ? row.cells[head.cellIndex].textContent : '';
    const down = order === 'descending' ? -1 : 1;
    const compare = (a, b) => {
      if (!order) return a.dataset.place - b.dataset.place;
      const x = text(a), y = text(b), m = number(x), n = number(y);
      if (!x.trim() || !y.trim()) return !x.trim() - !y.trim();
      return down * (isNaN(m) || isNaN(n) ? isNaN(m) - isNaN(n) || x.localeCompare(y) : m - n)
        || a.dataset.place - b.dataset.place;
    };
    body.append(...rows.sort(compare));
  });
})();
