// graphile-worker over the database of the environment: `migrate` makes its schema, `run` works until its input ends.
import { run, runMigrations } from "graphile-worker";
import pg from "pg";

const pool = new pg.Pool({ max: 20 });

if (process.argv[2] === "migrate") {
  await runMigrations({ pgPool: pool });
  await pool.end();
} else {
  const insert = { name: "done", text: "INSERT INTO done (id, due) VALUES ($1, $2)" };
  const runner = await run({
    pgPool: pool,
    concurrency: 16,
    pollInterval: 100,
    noHandleSignals: true,
    taskList: { done: ({ id, due }, helpers) => helpers.withPgClient((client) => client.query({ ...insert, values: [id, due] })) },
  });
  process.stdin.on("end", async () => {
    await runner.stop();
    await pool.end();
  });
  process.stdin.resume();
}
