// Runs a model of Squiggle several times and prints the shortest time, as JSON.
//     node squiggle.mjs ENTRY_OF_THE_PACKAGE SAMPLES < model
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [entry, samples] = process.argv.slice(2);
const { run } = await import(pathToFileURL(entry).href);
const code = readFileSync(0, "utf8");

const once = async (seed, sampleCount) => {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const environment = { sampleCount, xyPointLength: 1000, seed };
  const output = await run(code, { environment });
  if (!output.result.ok) throw new Error(String(output.result.value));
  const wall = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const found = output.result.value.result.asJS();
  return { wall, cpu: (used.user + used.system) / 1e6, found };
};

await once("warm", 1000);
const every = [];
for (const seed of ["1", "2", "3"]) every.push(await once(seed, Number(samples)));
every.sort((a, b) => a.wall - b.wall);
// what the process that started this one held would be part of maxRSS
const status = "/proc/self/status";
const memory = existsSync(status)
  ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, "utf8"))[1]) / 1024
  : process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ...every[0], memory }));
