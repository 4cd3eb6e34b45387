/**
 * Shows under the pull or merge request of this run what `pulumi up` would do, in one comment that the next preview
 * replaces. Fails when the preview fails.
 *
 *     node --import tsx commands/workflows/preview.ts     docs/continuous-integration.md has its variables
 */
import { main } from "../main";
import { runEngine } from "./engine";
import { keepOne } from "./forge";
import { platform } from "./platform";
import { previewComment, previewMarker } from "./previewComment";
import { withoutSecrets } from "./secrets";

main(async () => {
  const { run, comments } = platform(process.env);
  const preview = await runEngine(["preview"], process.env);
  const output = withoutSecrets(preview.output, process.env);
  const marker = previewMarker(run.stack);
  const body = previewComment(run, { ...preview, output });
  const done = await keepOne(comments, { title: "", body }, (text) => text.body.includes(marker));
  console.log(`The comment under the request was ${done}.`);
  process.exitCode = preview.exitCode;
});
