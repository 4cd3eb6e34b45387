/**
 * Looks whether vCenter is as the configuration says, and keeps one issue open as long as it is not. Fails when it is
 * not, or when that cannot be known.
 *
 *     node --import tsx commands/workflows/drift.ts       docs/continuous-integration.md has its variables
 */
import { main } from "../main";
import { driftIssue, driftOver, driftTitle } from "./driftIssue";
import { findingsOf, runEngine } from "./engine";
import { keepOne } from "./forge";
import { platform } from "./platform";
import { withoutSecrets } from "./secrets";

main(async () => {
  const { run, issues } = platform(process.env);
  const title = driftTitle(run.stack);
  const preview = await runEngine(["preview", "--diff", "--expect-no-changes"], process.env);
  const findings = findingsOf(preview.exitCode);
  if (findings === "unchanged") {
    const open = await issues.find((issue) => issue.title === title);
    if (open !== undefined) await issues.close(open, driftOver(run));
    console.log(open === undefined ? "No drift." : "No drift any more: the issue was closed.");
    return;
  }
  const body = driftIssue(run, findings, withoutSecrets(preview.output, process.env));
  const done = await keepOne(issues, { title, body }, (issue) => issue.title === title);
  console.log(`The issue "${title}" was ${done}.`);
  process.exitCode = 1;
});
