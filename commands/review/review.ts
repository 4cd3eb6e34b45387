import { resolve } from "node:path";
import { repositoryRoot } from "../../configuration/projectFiles";
import { findingsOf, secretsCleaner } from "../ci/engine";
import { defineCommand } from "../program";
import { UserError } from "../run";
import { reviewOf } from "./changes";
import { previewWithEvents, type PreviewRun } from "./engine";
import { readEvents } from "./events";
import { jsonReview } from "./json";
import { markdownReview } from "./markdown";
import type { Review } from "./model";
import { terminalReview } from "./terminal";
import { verdictOf } from "./verdict";

const formats = ["text", "markdown", "json"] as const;
type Format = (typeof formats)[number];

/** After how many milliseconds there is news. */
const patience = 2000;

/** `review`: what `pulumi up` would do, in words that a person can decide from. */
export const review = defineCommand({
  name: "review",
  summary: "say in words what `pulumi up` would do, and what of it to look at",
  description: [
    "Runs `pulumi preview` and says what it means: whether to look closely and why, what changes by region and zone, " +
      "what somebody else has changed, what the checks of vCenter found, and which lines of Deckhouse's documents change.",
    "It changes nothing, and needs what `pulumi preview` needs.",
  ],
  options: {
    stack: { value: "NAME", text: "the stack (default: the selected one)" },
    format: { value: "FORMAT", text: `${formats.join(", ")} (default: text)` },
    savePlan: {
      value: "FILE",
      text: "keep the plan, so that `pulumi up --plan FILE` does this and nothing else",
    },
  },
  examples: [
    ["npm run review -- --stack prod", "for people"],
    ["npm run --silent review -- --stack prod --format markdown", "one comment for a request"],
    ["npm run review -- --stack prod --save-plan plan.json", "and then pulumi up --plan plan.json"],
  ],
  environment: [
    ["PULUMI_STACK", "the stack, without --stack"],
    ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of the stack"],
    ["VSPHERE_SERVER, VSPHERE_USER, VSPHERE_PASSWORD", "vCenter, where the stack does not say"],
    ["NO_COLOR", "no colours, also on a terminal"],
  ],
  exitCodes: [
    ["0", "the preview succeeded, whatever would change"],
    ["1", "it failed: the report says why"],
  ],
  async action({ stack = process.env["PULUMI_STACK"], format = "text", savePlan }) {
    if (!isFormat(format)) {
      throw new UserError(
        `--format: found "${format}": there is no such form: write one of ${formats.join(", ")}`,
      );
    }
    const news = setTimeout(() => {
      console.error("The engine compares the configuration with vCenter ...");
    }, patience);
    const run = await previewWithEvents({
      ...{ stack, environment: process.env, cwd: repositoryRoot(process.cwd()) },
      more: savePlan === undefined ? [] : ["--save-plan", resolve(savePlan)],
    }).finally(() => {
      clearTimeout(news);
    });
    const plan = readReview(run, stack ?? "the selected stack", process.env);
    process.stdout.write(formatted(plan, format));
    return plan.succeeded ? 0 : 1;
  },
});

/** Reads the events of a preview, without the secrets of the environment. */
export function readReview(
  { events, exitCode, output }: PreviewRun,
  stack: string,
  environment: NodeJS.ProcessEnv,
): Review {
  const clean = secretsCleaner(environment);
  const succeeded = findingsOf(exitCode) !== "failed";
  return reviewOf(readEvents(events, clean), { stack, succeeded, output: clean(output) });
}

function formatted(plan: Review, format: Format): string {
  const verdict = verdictOf(plan);
  switch (format) {
    case "text":
      return terminalReview(plan, verdict, process.stdout.isTTY && process.stdout.hasColors());
    case "markdown":
      return markdownReview(plan, verdict);
    case "json":
      return jsonReview(plan, verdict);
  }
}

function isFormat(text: string): text is Format {
  return (formats as readonly string[]).includes(text);
}
