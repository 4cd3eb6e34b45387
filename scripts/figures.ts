/**
 * Prints the figures of the house: how many rooms, files and lines there are, who imports whom, and which goals are met.
 * It measures any checkout, so that an older one can be measured by the script of today:
 *
 *     npm run figures                       this repository
 *     npm run figures -- ../old ../new      two checkouts side by side, before and after
 *     npm run figures -- --check            exit code 1 when a goal is missed
 *
 * For the figures of an older commit: `git worktree add ../old <commit>`.
 *
 * What counts: TypeScript and JavaScript that git does not ignore. The tests are what is in `test/`, the scripts what is
 * in `scripts/`; the program is the rest, but for the generated SDK (`sdks/`), the lab, which is Go (`lab/`), and what sets
 * up a tool: files at the top such as `eslint.config.mjs`, hidden files and folders. Generated files (`*.generated.ts`) are
 * counted apart. All lines count, also comments and empty ones. A room is a folder at the top. An import is a pair of
 * files; imports across rooms are those of which the files are in two rooms, tests and scripts among them. A circle is a
 * largest group of files, or of rooms, in which each leads to each other by imports; an import of types alone counts too.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { measure } from "./figures/measure";
import { missedGoals, report } from "./figures/report";
import { repositoryRoot } from "./lab/folders";
import { main, UserError } from "../commands/run";

main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: "boolean", default: false } },
  });
  if (positionals.length > 2) {
    throw new UserError(
      `${positionals.length} folders were given; give none, one, or two (before and after)`,
    );
  }
  const [first = repositoryRoot, second] = positionals.map((folder) => resolve(folder));
  const figures = await measure(first);
  const columns = new Map(
    second === undefined
      ? [["now", figures]]
      : [
          ["before", figures],
          ["after", await measure(second)],
        ],
  );
  console.log(report(columns));
  const missed = missedGoals([...columns.values()].at(-1) ?? figures);
  if (values.check && missed.length > 0) {
    throw new UserError(`\nGoals that are not met: ${missed.join(", ")}`);
  }
});
