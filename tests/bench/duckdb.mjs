// node duckdb.mjs FILE: the operations of benchoperations in DuckDB, on the rows that `benchoperations --json` wrote.
// Needs the npm package @duckdb/node-api. Results are stored as tables, so that DuckDB finishes them as we do.
import { DuckDBInstance } from '@duckdb/node-api';

const file = process.argv[2];
const instance = await DuckDBInstance.create(':memory:', { threads: String(process.argv[3] ?? 2) });
const db = await instance.connect();
await db.run(`create table t as select row_number() over () - 1 as n, * from read_json('${file}', format='newline_delimited',
  columns={id:'BIGINT', day:'DATE', sent:'TIMESTAMP', customer:'VARCHAR', code:'VARCHAR', country:'VARCHAR', pieces:'INTEGER',
           price:'DECIMAL(18,2)', paid:'BOOLEAN', note:'VARCHAR'})`);

async function quickest(times, sql) {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await db.run(sql);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
const keep = (select) => `create or replace temp table r as ${select}`;
const one = async (sql) => Number((await (await db.run(sql)).getRows())[0][0]);

const figures = { what: 'duckdb operations', rows: await one('select count(*) from t') };
figures.sort_number_ms = await quickest(3, keep('select n from t order by price'));
figures.sort_text_ms = await quickest(3, keep('select n from t order by note'));
figures.sort_two_ms = await quickest(3, keep('select n from t order by country, price desc'));
figures.contains_ms = await quickest(5, keep("select n from t where contains(lower(note), 'harbor i')"));
figures.contains_rows = await one('select count(*) from r');
figures.contains_case_ms = await quickest(5, keep("select n from t where contains(note, 'harbor i')"));
figures.greater_ms = await quickest(5, keep('select n from t where price > 4000'));
figures.greater_rows = await one('select count(*) from r');
const columns = ['id', 'day', 'sent', 'customer', 'code', 'country', 'pieces', 'price', 'paid', 'note'];
const texts = ['customer', 'code', 'country', 'note'];
// The same cells: "harbor" can only be in text, "777" in anything.
const cells = (names, needle) => 'select ' + names.map((c) => `count(*) filter (contains(lower(${c}::varchar), '${needle}'))`).join('+') + ' from t';
figures.search_ms = await quickest(5, cells(texts, 'harbor'));
figures.search_cells = await one(cells(columns, 'harbor'));
figures.search_digits_ms = await quickest(3, cells(columns, '777'));
figures.search_digits_cells = await one(cells(columns, '777'));
figures.counts_ms = await quickest(3, keep('select customer, count(*) c from t group by customer order by c desc limit 100'));
figures.profile_ms = await quickest(3, keep('select * from (summarize select * exclude (n) from t)'));
console.log(JSON.stringify(figures));
process.exit(0);
