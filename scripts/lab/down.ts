/** Stops the lab and removes the stacks that described its vCenter. */
import { existsSync, rmSync } from "node:fs";
import { labFolders } from "./folders";
import { main } from "../../commands/main";
import { SimulatedVCenter } from "./simulatedVCenter";

main(async () => {
  const folders = labFolders();
  const stopped = await new SimulatedVCenter(folders, folders.run).stop();
  const hadState = existsSync(folders.state);
  for (const path of [folders.state, folders.run, folders.environmentFile]) {
    rmSync(path, { recursive: true, force: true });
  }
  console.log(
    stopped === undefined
      ? "No lab is running."
      : `The simulated vCenter (process ${stopped}) has stopped.`,
  );
  if (hadState) {
    console.log("The stacks in .lab/state are removed: what they described went with the vCenter.");
  }
});
