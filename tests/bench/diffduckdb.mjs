// node diffduckdb.mjs [ROWS]: the comparisons of benchdiff in DuckDB, on the same two tables: a full outer join whose
// counts are those of a comparison. Needs the npm package @duckdb/node-api.
import { DuckDBInstance } from '@duckdb/node-api';

const rows = Number(process.argv[2] ?? 1_000_000);
const instance = await DuckDBInstance.create(':memory:', { threads: String(process.argv[3] ?? 2) });
const db = await instance.connect();
const columns = (edited) => `1000000000 + n as id, make_date(2026, (1 + n // 28 % 12)::int, (1 + n % 28)::int) as day,
  make_timestamp(2026, 1, 1 + n % 28, n % 24, n % 60, n // 7 % 60) as at, 'City ' || n % 200 as city,
  'Shop ' || n * 7919 % 5000 as shop,
  (n % 100000 + (case when ${edited} and n % 100 = 0 then n + 1 else n end) % 100 / 100.0)::decimal(18,2) as amount,
  (n * 31 % 1000)::int as pieces, (n * 104729 % 1000000 / 1000000.0)::decimal(18,6) as share, n % 3 <> 0 as paid,
  'Note number ' || n || ' of this table' as note`;
await db.run(`create table a as select ${columns(false)} from range(${rows}) t(n)`);
await db.run(`create table b as select ${columns(true)} from (
  select n from range(${rows}) t(n) where n % 1000 <> 999
  union all select ${rows} + n from range(${rows} // 1000) t(n))`);
await db.run('create table s as select * from b order by hash(id)');

const compared = ['id', 'day', 'at', 'city', 'shop', 'amount', 'pieces', 'share', 'paid', 'note'];
async function figures(what, other, key) {
  const differ = compared.filter((c) => c !== key).map((c) => `a.${c} is distinct from b.${c}`).join(' or ');
  const sql = `select count(*) filter (a.${key} is null), count(*) filter (b.${key} is null),
    count(*) filter (a.${key} = b.${key} and (${differ})), count(*) filter (a.${key} = b.${key} and not (${differ}))
    from a full outer join ${other} b on a.${key} = b.${key}`;
  let best = Infinity;
  let counts = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const result = await db.run(sql);
    counts = (await result.getRows())[0].map(Number);
    best = Math.min(best, performance.now() - start);
  }
  console.log(JSON.stringify({ peer: 'duckdb', what, seconds_best: best / 1000, added: counts[0], removed: counts[1],
    changed: counts[2], unchanged: counts[3] }));
}
await figures('by key, same order', 'b', 'id');
await figures('by text key, same order', 'b', 'note');
await figures('by key, shuffled', 's', 'id');
process.exit(0);
