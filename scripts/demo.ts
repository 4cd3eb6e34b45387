/**
 * Shows everything once: prepares a simulated vCenter with `pulumi up`, prints the result, shows that a second preview
 * finds nothing left to do, and leaves nothing behind.
 */
import { main } from "../commands/run";
import { accessLines, added, lost, readSnapshot, readTemplates, tagTree } from "./demo/contents";
import { Show, Stage, type Engine } from "./demo/stage";

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
  show.heading("The vCenter before");
  const { ready, engine } = await show.during(
    "starting a simulated vCenter",
    () => stage.set(),
    (started) =>
      `simulated, at ${started.ready.url}, with tags, roles and permissions of other people`,
  );
  const before = await readSnapshot(ready.control);

  show.heading("pulumi up, with Pulumi.dev.yaml");
  const up = ["up", "--stack", "dev", "--yes", "--skip-preview", "--suppress-outputs"];
  await show.during("pulumi up", () => engine.run(...up), resourceCounts);

  show.heading("What dhctl bootstrap is given for each region, with placeholders for secrets");
  for (const [region, files] of Object.entries(await readDocuments(engine))) {
    const bootstrap = files["bootstrap.yaml"] ?? "";
    show.lines("", `# ${region}/bootstrap.yaml`, ...bootstrap.trimEnd().split("\n"));
  }

  show.heading("What is in the vCenter now, read back from it");
  const after = await readSnapshot(ready.control);
  const news = added(before, after);
  const missing = lost(before, after);
  show.lines(...tagTree(news.attachments), ...accessLines(news));
  show.lines(
    missing === 0
      ? "Nothing that belongs to others has changed."
      : `${missing} tags, roles or permissions of others have changed or are gone.`,
  );

  show.heading("The template of the nodes, built by Packer");
  show.lines(...(await readTemplates(ready.control)));

  show.heading("pulumi preview once more");
  const preview = ["preview", "--stack", "dev", "--expect-no-changes", "--suppress-outputs"];
  await show.during("pulumi preview", () => engine.run(...preview), resourceCounts);
  show.lines("There is nothing left to do.");

  show.heading("Done");
  await stage.strike();
  show.lines(
    "The simulated vCenter has stopped, and its files are removed.",
    'To try it yourself: "make lab".',
  );
  if (missing > 0) throw new Error("The program changed something that belongs to others.");
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

/** The documents of each region by file name, with placeholders in place of secrets. */
async function readDocuments(engine: Engine): Promise<Record<string, Record<string, string>>> {
  const text = await engine.run(
    "stack",
    "output",
    "documentsForRepository",
    "--stack",
    "dev",
    "--json",
  );
  return JSON.parse(text) as Record<string, Record<string, string>>;
}
