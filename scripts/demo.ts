/**
 * Shows everything once: prepares a simulated vCenter of its own with `pulumi up`, prints what came of it, shows that
 * nothing is left to do, and leaves nothing behind.
 */
import { readDocuments } from "./demo/documents";
import { Show } from "./demo/show";
import { added, lost, readSnapshot } from "./demo/snapshot";
import { Stage } from "./demo/stage";
import { readTemplates } from "./demo/templates";
import { accessLines, tagTree } from "./demo/tree";
import { main } from "../commands/main";

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
  show.heading("A vCenter as it is before");
  const { ready, engine } = await show.during(
    "starting a simulated vCenter",
    () => stage.set(),
    (started) => `simulated, at ${started.ready.url}, with things of others in it`,
  );
  const before = await readSnapshot(ready.control);

  show.heading("pulumi up, with Pulumi.dev.yaml");
  const up = ["up", "--stack", "dev", "--yes", "--skip-preview", "--suppress-outputs"];
  await show.during("pulumi up", () => engine.run(...up), resourceCounts);

  show.heading("What dhctl bootstrap takes for each region, here with placeholders for secrets");
  for (const [region, files] of Object.entries(await readDocuments(engine))) {
    const bootstrap = files["bootstrap.yaml"] ?? "";
    show.lines("", `# ${region}/bootstrap.yaml`, ...bootstrap.trimEnd().split("\n"));
  }

  show.heading("What the vCenter has now, read back from it");
  const after = await readSnapshot(ready.control);
  const news = added(before, after);
  const missing = lost(before, after);
  show.lines(...tagTree(news.attachments), ...accessLines(news));
  show.lines(
    missing === 0
      ? "Everything of others is as it was."
      : `${missing} things of others are no more as they were.`,
  );

  show.heading("The template of the nodes, built by Packer");
  show.lines(...(await readTemplates(ready.control)));

  show.heading("pulumi preview once more");
  const preview = ["preview", "--stack", "dev", "--expect-no-changes", "--suppress-outputs"];
  await show.during("pulumi preview", () => engine.run(...preview), resourceCounts);
  show.lines("Nothing is left to do.");

  show.heading("Done");
  await stage.strike();
  show.lines(
    "The simulated vCenter has stopped, and its files are removed.",
    'To try it by hand: "make lab".',
  );
  if (missing > 0) throw new Error("The program changed what belongs to others.");
}

/** The counts at the end of what the engine prints: `15 resources created`. */
function resourceCounts(output: string): string {
  const [, counts = ""] = /^Resources:\n((?: .*\n?)+)/m.exec(output) ?? [];
  const parts = counts.split("\n").map((line) => line.replace(/^[ +~-]*/, "").trim());
  return parts
    .filter((part) => /^\d+ \w/.test(part))
    .map((part) => part.replace(/^(\d+) /, "$1 resources "))
    .join(", ");
}
