import { networkKinds, type ObjectKind } from "../../vcenter";
import { resourcePoolPath, templatePath, type TemplateResult } from "../request";
import { failure } from "./failure";
import { shownSeconds } from "./progress";
import type { Run } from "./run";
import { madeByOther, requiredObject, result } from "./templates";

/**
 * Copies a template into another datacenter under the same name, where Deckhouse looks for it. vCenter needs no help
 * with clean-up: an incomplete copy is not marked as a template, and disappears when the task is cancelled.
 *
 * @param source the full path of the template to copy
 * @throws RunFailure, VCenterError, or the signal's reason
 */
export async function copyTemplate(run: Run, source: string): Promise<TemplateResult> {
  const { client, request, progress, signal } = run;
  const { place, name, timeouts } = request;
  progress.stage("copy");
  const machines = client.virtualMachines;
  const original = await requiredObject(run, "copy", source, ["virtual machine"]);
  if ((await machines.read(original))?.isTemplate !== true) {
    throw failure("copy", {
      where: source,
      wrong: "it is no longer a template",
      remedy:
        "if nobody uses it, convert it back into a template; otherwise give the machine another name in the vSphere " +
        "Client, which it survives, and run again to build the template anew",
    });
  }
  const find = (path: string, ...kinds: readonly ObjectKind[]) =>
    requiredObject(run, "copy", path, kinds);
  const [folder, resourcePool, datastore, network, host] = await Promise.all([
    find(place.folder, "folder"),
    find(resourcePoolPath(place), "resource pool"),
    find(place.datastore, "datastore"),
    find(place.network, ...networkKinds),
    place.host === undefined ? undefined : find(`${place.cluster}/${place.host}`, "host"),
  ]);
  const target = { name, folder, resourcePool, datastore, network };
  const timeout = AbortSignal.timeout(timeouts.copy * 1000);
  try {
    const copy = await machines.clone(original, host === undefined ? target : { ...target, host }, {
      onProgress: (percent) => progress.detail(`${percent} %`),
      signal: AbortSignal.any([signal, timeout]),
    });
    const made = await machines.read(copy);
    if (made === undefined) throw new Error(`${templatePath(place, name)} was removed at once`);
    return await result(run, made, "copied");
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      throw failure("copy", {
        where: source,
        wrong: `copying it took longer than ${shownSeconds(timeouts.copy)}`,
        remedy:
          "check the load on the datastores, or allow more time (templateImage.timeouts.copy)",
      });
    }
    return await madeByOther(run, error);
  }
}
