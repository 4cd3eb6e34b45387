import { workflowLinter } from "../lab/binaries";
import { binaryFile, goVersion } from "../lab/buildBinary";
import { buildAll } from "../lab/buildAll";
import { labFolders, labSources } from "../lab/folders";
import { Progress } from "../lab/progress";
import { runCommand } from "../../commands/runCommand";

/**
 * Lints the GitHub workflows of a repository with actionlint, which is built first when it is missing. The programs that
 * actionlint would start if they were on the PATH (shellcheck, pyflakes) are left out: the result must be the same on
 * every machine.
 *
 * @param folder the root of a git repository with `.github/workflows`
 * @throws CommandFailure with a line for each fault
 */
export async function lintWorkflows(folder: string): Promise<void> {
  const folders = labFolders();
  const workshop = { folders, sources: labSources, goVersion: await goVersion() };
  await buildAll([workflowLinter], workshop, new Progress());
  const quiet = ["-no-color", "-shellcheck=", "-pyflakes="];
  await runCommand(binaryFile(workflowLinter, folders), quiet, { cwd: folder });
}
