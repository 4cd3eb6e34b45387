import { repositoryRoot } from "../../configuration/projectFiles";
import { visibleLine } from "../../findings/text";
import { confirm } from "../confirm";
import { failureOfEngine } from "../engineFailure";
import { exportedState, importState, readState, stackName, withoutResources } from "../engineState";
import { defineCommand } from "../program";
import { runCommand } from "../run";
import { staysText } from "./stays";

/** `leave`: forgets a stack, and leaves vCenter as it is. */
export const leave = defineCommand({
  name: "leave",
  summary: "forget a stack, and leave vCenter as it is",
  description: [
    "Says what the stack's state holds, asks, and then empties the state. Nothing is asked of vCenter, and nothing is changed " +
      "there: categories, tags, attachments, roles, permissions and templates stay, and no stack looks after them any more. " +
      "`protect` does not keep a stack from being left.",
    "To come back, run `npm run adopt -- --take` with the same configuration.",
  ],
  options: {
    stack: { value: "NAME", text: "the stack (default: the selected one)" },
    yes: { text: "do it without asking" },
    removeStack: { text: "remove the emptied stack too; its file Pulumi.<stack>.yaml stays" },
  },
  examples: [
    ["npm run leave -- --stack prod", "forget what the stack made"],
    ["npm run leave -- --stack prod --remove-stack", "forget the stack as well"],
  ],
  environment: [
    ["PULUMI_STACK", "the stack, without --stack"],
    ["PULUMI_BACKEND_URL", "where the state is, if `pulumi login` did not say"],
    ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of the stack"],
  ],
  exitCodes: [
    ["0", "the stack's state is empty"],
    ["1", "nothing was forgotten: the output says why"],
  ],
  async action({ stack, yes = false, removeStack = false }) {
    const name = await stackName(stack);
    const exported = await exportedState(name);
    const state = readState(exported);
    const isEmpty = state.resources.length === 0 && state.pendingCreates.length === 0;
    process.stdout.write(staysText(name, state));
    if (isEmpty && !removeStack) return 0;
    const answer = await confirm("Forget all of it?", yes);
    if (answer !== "yes") {
      const how = `npm run leave -- --stack ${name}${removeStack ? " --remove-stack" : ""} --yes`;
      console.error(
        visibleLine(
          `Nothing was forgotten.${answer === "nobody" ? ` There is no terminal to ask at: to do it, run \`${how}\`` : ""}`,
        ),
      );
      return 1;
    }
    if (!isEmpty) await importState(name, withoutResources(exported));
    if (removeStack) {
      await pulumi("stack", "rm", name, "--yes", "--preserve-config", "--non-interactive");
    }
    console.error(
      visibleLine(`Stack ${name} is ${removeStack ? "removed" : "empty"}. vCenter is as it was.`),
    );
    return 0;
  },
});

async function pulumi(...args: readonly string[]): Promise<void> {
  await runCommand("pulumi", args, { cwd: repositoryRoot(process.cwd()) }).catch((error: unknown) =>
    failureOfEngine(error, args.slice(0, 2).join(" ")),
  );
}
