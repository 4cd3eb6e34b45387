import { CommandFailure } from "../../commands/runCommand";
import type { Counts, Step } from "./step";

/** A step that runs commands of which all must succeed; it counts as one, and shows output only of what failed. */
export function checkStep(
  name: string,
  kind: Step["kind"],
  ...commands: readonly (() => Promise<void>)[]
): Step {
  return {
    name,
    kind,
    run: async (): Promise<Counts> => {
      let failed = false;
      for (const command of commands) {
        try {
          await command();
        } catch (error) {
          if (!(error instanceof CommandFailure)) throw error;
          console.log(`${error.output.trimEnd()}\n${error.message}`);
          failed = true;
        }
      }
      return failed ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
    },
  };
}
