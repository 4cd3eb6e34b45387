/**
 * Makes vCenter as the configuration says, without a question: whoever may approve has done so before this runs. The
 * engine previews first, so that what a preview finds is found before anything is changed.
 *
 *     node --import tsx commands/workflows/up.ts          docs/continuous-integration.md has its variables
 */
import { main } from "../main";
import { runEngine } from "./engine";

main(async () => {
  const { exitCode } = await runEngine(["up", "--yes"], process.env);
  process.exitCode = exitCode;
});
