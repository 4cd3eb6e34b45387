/**
 * Shows everything once on a simulated vCenter: a mistake that is refused, what `pulumi up` would do in words, the `up`
 * itself with what it left in vCenter and for Deckhouse, and how a change of somebody else is seen and mended. Leaves
 * nothing behind.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keptDocuments, type StackDocuments } from "../commands/render/documents";
import type { Review } from "../commands/review/model";
import { terminalReview } from "../commands/review/terminal";
import { verdictOf } from "../commands/review/verdict";
import { main } from "../commands/run";
import {
  accessLines,
  added,
  excerpt,
  lost,
  mistaken,
  readSnapshot,
  readTemplates,
  tagTree,
} from "./demo/contents";
import { Show, Stage, type Engine } from "./demo/stage";
import { repositoryRoot } from "./lab/folders";
import { SimulatorControl } from "./lab/simulatorControl";

const interruptedExitCode = 130;

main(async () => {
  const stage = new Stage();
  const interrupt = (): void => {
    console.log("\nInterrupted: stopping everything...");
    void stage.strike().then(() => process.exit(interruptedExitCode));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  try {
    await perform(stage, new Show());
  } finally {
    await stage.strike();
  }
});

async function perform(stage: Stage, show: Show): Promise<void> {
  show.heading("A vCenter that others use too");
  const { ready, engine } = await show.during(
    "starting a simulated vCenter",
    () => stage.set(),
    (started) =>
      `simulated, at ${started.ready.url}, with tags, roles and permissions of other people`,
  );
  const control = new SimulatorControl(ready.control);
  const before = await readSnapshot(ready.control);
  const review = async (configuration?: string): Promise<Review> =>
    show.during(
      "npm run review",
      () => engine.review("dev", configuration),
      () => "nothing was changed",
    );

  show.heading("npm run review, with a slip of the pen: a cluster that does not exist");
  const refused = await review(mistaken(configurationText()));
  if (refused.succeeded) throw new Error("The preview did not notice the mistake.");
  show.lines(...refused.said.errors.flatMap((text) => text.split("\n")));

  show.heading("npm run review, with Pulumi.dev.yaml: what up would do");
  show.lines(...reviewLines(await accepted(review)));

  show.heading("pulumi up");
  const up = ["up", "--stack", "dev", "--yes", "--skip-preview", "--suppress-outputs"];
  await show.during("pulumi up", () => engine.run(...up), resourceCounts);

  show.heading("What is in the vCenter now, read back from it");
  const after = await readSnapshot(ready.control);
  const news = added(before, after);
  show.lines(...tagTree(news.attachments), ...accessLines(news));
  const missing = lost(before, after);
  show.lines(
    missing === 0
      ? "Nothing that belongs to others has changed."
      : `${missing} tags, roles or permissions of others have changed or are gone.`,
  );
  show.lines("", ...(await readTemplates(ready.control)));

  show.heading("What dhctl bootstrap is given, in part");
  for (const [region, files] of Object.entries(await readDocuments(engine)).slice(0, 1)) {
    const text = files["bootstrap.yaml"] ?? "";
    show.lines(`# ${region}/bootstrap.yaml`, ...excerpt(text, "VsphereClusterConfiguration"));
  }

  show.heading("Somebody takes the tag of a zone off its cluster");
  await control.change({ operation: "detachTag", ...detached });
  show.lines(...reviewLines(await accepted(review)));

  show.heading("pulumi up once more");
  await show.during("pulumi up", () => engine.run(...up), resourceCounts);
  const mended = await readSnapshot(ready.control);
  if (lost(after, mended) > 0) throw new Error("What somebody took away has not come back.");
  show.lines("The tag is on its cluster again.");

  show.heading("Done");
  await stage.strike();
  show.lines(
    "The simulated vCenter has stopped, and its files are removed.",
    'To try it yourself: "make lab". For your own vCenter: README.md, "Use it on a vCenter".',
  );
  if (missing > 0) throw new Error("The program changed something that belongs to others.");
}

/** What somebody else undoes in the demonstration. */
const detached = {
  category: "k8s-zone",
  tag: "k8s-zone-x1-a",
  path: "/X1/host/x1_cluster_prod",
} as const;

async function accepted(review: () => Promise<Review>): Promise<Review> {
  const made = await review();
  if (!made.succeeded) throw new Error(reviewLines(made).join("\n"));
  return made;
}

/** The review as `npm run review` prints it. */
function reviewLines(review: Review): string[] {
  return terminalReview(review, verdictOf(review), false).trimEnd().split("\n");
}

function configurationText(): string {
  return readFileSync(join(repositoryRoot, "Pulumi.dev.yaml"), "utf8");
}

/** The counts at the end of what the engine prints: `15 resources created`. */
function resourceCounts(output: string): string {
  const [, counts = ""] = /^Resources:\n((?: .*\n?)+)/m.exec(output) ?? [];
  const parts = counts.split("\n").map((line) => line.replace(/^[ +~-]*/, "").trim());
  return parts
    .filter((part) => /^\d+ \w/.test(part))
    .map((part) =>
      part.replace(
        /^(\d+) /,
        (_, count) => `${count} ${count === "1" ? "resource" : "resources"} `,
      ),
    )
    .join(", ");
}

/** The documents of each region by file name, with placeholders in place of secrets. */
async function readDocuments(engine: Engine): Promise<StackDocuments> {
  return keptDocuments(await engine.run("stack", "export", "--stack", "dev")) ?? {};
}
