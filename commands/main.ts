/**
 * The program for what is done beside `pulumi`:
 *
 *     npm run deckhouse-vsphere -- --help
 *
 * To add a command, write a file that exports its definition and name it in the list below.
 */
import { version } from "../package.json";
import { adopt } from "./adopt/adopt";
import { check } from "./check/check";
import { ci } from "./ci/ci";
import { discover } from "./discover/discover";
import { leave } from "./leave/leave";
import { runProgram, type CommandDefinition } from "./program";
import { render } from "./render/render";
import { review } from "./review/review";
import { main } from "./run";

/** The program, as the group of all its commands. */
export const deckhouseVsphere: CommandDefinition = {
  name: "deckhouse-vsphere",
  summary: "Prepares a VMware vSphere for the Deckhouse Kubernetes Platform.",
  description: [
    "Commands that go with `pulumi preview` and `pulumi up` when a VMware vSphere is prepared for the Deckhouse " +
      "Kubernetes Platform.",
  ],
  commands: [discover, check, adopt, review, leave, render, ci],
  examples: [
    ["npm run deckhouse-vsphere -- render --help", "explains a command"],
    ["npm run check -- --stack prod", "says whether Deckhouse could install"],
    ["npm run adopt -- --stack prod", "goes on with what vCenter has already"],
    ["npm run review -- --stack prod", "says in words what `pulumi up` would do"],
    ["npm run leave -- --stack prod", "forgets a stack, and leaves vCenter as it is"],
    ["npm run render -- --out clusters", "writes Deckhouse's documents as files"],
  ],
};

if (require.main === module) {
  main(async () => {
    process.exitCode = await runProgram(deckhouseVsphere, version, process.argv.slice(2));
  });
}
