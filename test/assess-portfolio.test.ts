/** Several products side by side: what many lack stands first, and a bad file loses nothing. */
import assert from 'node:assert/strict';
import { type Portfolio, type Product, portfolioOf, productFrom } from '../server/src/assess/portfolio.js';
import { Folder } from './support/cli.js';

type Level = Product['headings'][number];
const heading = (number: number, value: number, next: string[] = []): Level => ({
  heading: number,
  title: `title ${String(number)}`,
  level: Math.floor(value) as Level['level'],
  value,
  next,
});
const product = (name: string, ...headings: Level[]): Product => ({
  name,
  edition: 'v3.1.1',
  inCi: false,
  typology: { type: 'starter', code: 0, process: 0 },
  headings,
});

describe('a portfolio', () => {
  it('puts first what most products lack, and of equal ones what is weakest', () => {
    const { shared } = portfolioOf([
      product('a', heading(1, 0.9), heading(2, 0.1), heading(3, 0), heading(4, 0)),
      product('b', heading(1, 0.9), heading(2, 0.1), heading(3, 0), heading(4, 1)),
      product('c', heading(1, 0.9), heading(2, 0.1), heading(4, 2)),
    ]);
    assert.deepEqual(
      shared.map(({ heading: number, products, of }) => [number, products.length, of]),
      [
        [2, 3, 3],
        [1, 3, 3],
        [3, 2, 2],
      ],
      'heading 4 is weak in one product alone',
    );
  });

  it('names the provisions that hold back more than one, the most frequent first', () => {
    const { shared } = portfolioOf([
      product('a', heading(5, 0, ['5.5-1', '5.5-2', '5.5-3'])),
      product('b', heading(5, 0, ['5.5-2', '5.5-1'])),
      product('c', heading(5, 0, ['5.5-2'])),
      product('d', heading(5, 1, ['5.5-3'])),
    ]);
    assert.deepEqual(shared[0]?.provisions, [
      { id: '5.5-2', products: 3 },
      { id: '5.5-1', products: 2 },
    ]);
  });

  it('says of anything else why it is no product', () => {
    for (const [content, problem] of [
      [undefined, /no assessment/],
      [[], /no assessment/],
      [{ schema: 'skarp-assessment/2' }, /no assessment/],
      [{ schema: 'skarp-report/1', findings: [] }, /report of findings/],
      [{ schema: 'skarp-checklist/1', rows: 3 }, /not as Skarp writes it \(edition\)/],
      [
        { schema: 'skarp-assessment/1', ...product('a', heading(1, 1)), headings: [{ heading: 99 }] },
        /headings\.0\.heading/,
      ],
    ] as const) {
      const read = productFrom('x', content);
      assert.ok('problem' in read);
      assert.match(read.problem, problem);
    }
  });
});

describe('skarp merge', function () {
  this.timeout(120_000);
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
    for (const name of ['lamp', 'lock'])
      folder.write(
        `${name}/main.c`,
        '#include "esp_tls.h"\nvoid f(mbedtls_ssl_config *c) { mbedtls_ssl_conf_authmode(c, MBEDTLS_SSL_VERIFY_NONE); }\n',
      );
    folder.write('a.json', folder.run(['assess', 'lamp', '--format', 'json']).out);
    folder.write('b.json', folder.run(['checklist', 'lock', '--format', 'json']).out);
  });
  afterEach(() => {
    folder.remove();
  });

  it('joins assessments and checklists: shared weaknesses, then products by headings', () => {
    const { status, out, err } = folder.run(['merge', 'a.json', 'b.json']);
    assert.equal(err, '');
    assert.equal(status, 0);
    assert.match(
      out,
      /^What several products lack\n[\s\S]*5 {2}Communicate securely\n {6}2 of 2 products are/,
    );
    assert.match(out, /^ {2}lamp +starter +0\.0/m);
    assert.match(out, /^ {2}b +starter +0\.0/m, 'a checklist goes by the name of its file');
    assert.deepEqual(
      out.split('\n').filter((line) => line.length > 80),
      [],
    );
    const portfolio = JSON.parse(
      folder.run(['merge', 'a.json', 'a.json', '--format', 'json']).out,
    ) as Portfolio;
    assert.deepEqual(
      portfolio.products.map(({ name }) => name),
      ['lamp', 'lamp (2)'],
    );
    const html = folder.run(['merge', 'a.json', 'b.json', '--format', 'html']).out;
    assert.match(html, /<th scope="row">lamp<\/th><td>starter<\/td>/);
    assert.doesNotMatch(html, /<script|https?:/);
  });

  it('gives a bad file one line and joins the others', () => {
    folder.write('bad.json', '{');
    const { status, out, err } = folder.run(['merge', 'bad.json', 'a.json', 'none.json', 'lamp']);
    assert.equal(status, 2);
    assert.equal(
      err,
      [
        'skarp: bad.json: it is no JSON; give what `skarp check --format json` or `skarp assess --format json` prints',
        'skarp: none.json: it does not exist; name a file that can be read',
        'skarp: lamp: it is not a file; name what `skarp check --format json` or `skarp assess --format json` printed',
        '',
      ].join('\n'),
    );
    assert.match(out, /^ {2}lamp +starter/m);
  });

  it('shows a name of somebody else as text', () => {
    const text = folder.bytes('a.json').toString('utf8');
    folder.write('a.json', text.replace('"name": "lamp"', '"name": "<b>x\\u001b[2J"'));
    assert.doesNotMatch(folder.run(['merge', 'a.json', '--format', 'html']).out, /<b>/);
    assert.equal(folder.run(['merge', 'a.json']).out.includes('\u001b'), false);
  });
});
