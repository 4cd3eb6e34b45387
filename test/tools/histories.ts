/**
 * Lives through histories of a stack among others, with the engine and simulated vCenters, and fails when others lose a
 * tag, an attachment, a role or a permission by it:
 *
 *     npm run histories -- --count 40 --seed 1
 *
 * It is a test's tool and so in test/: the histories come from the generator of the integration test. `make setup` has to
 * have built the lab.
 */
import { parseArgs } from "node:util";
import { main, UserError } from "../../commands/run";
import { liveThrough } from "../support/livedHistories";

const usage = `Usage: npm run histories -- [--count 40] [--seed 1] [--jobs 2] [--only N]

  --count N   how many histories
  --seed N    what the random numbers start from: the same seed gives the same histories
  --jobs N    how many at the same time
  --only N    one of them alone, by its number: what a failure names`;

main(async () => {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "40" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: "2" },
      only: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const begin = Date.now();
  const results = await liveThrough({
    count: wholeNumber("--count", values.count),
    seed: wholeNumber("--seed", values.seed),
    jobs: wholeNumber("--jobs", values.jobs),
    only: values.only === undefined ? undefined : wholeNumber("--only", values.only),
    ended: (number, { losses, ups, adoptions }) => {
      const outcome = losses.length === 0 ? "nothing of others was lost" : losses.join("\n");
      console.log(`history ${number}: ${ups} ups, ${adoptions} adoptions: ${outcome}`);
    },
  });
  const lost = results.flatMap(({ losses }) => losses);
  const seconds = Math.round((Date.now() - begin) / 1000);
  console.log(`${results.length} histories in ${seconds} s, ${lost.length} losses`);
  if (lost.length > 0) process.exitCode = 1;
});

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new UserError(`${option}: found "${text}": it is not a number: write it like 40`);
  }
  return Number(text);
}
