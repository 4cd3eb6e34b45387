/** Formats all sources: TypeScript, JavaScript, YAML, Markdown and Go. */
import { join } from "node:path";
import { repositoryRoot } from "./lab/folders";
import { main } from "../commands/main";
import { runCommand } from "../commands/runCommand";
import { formatGo } from "./test/goModules";

main(async () => {
  const prettier = join(repositoryRoot, "node_modules", ".bin", "prettier");
  await runCommand(prettier, ["--write", "."], { cwd: repositoryRoot });
  await formatGo();
});
