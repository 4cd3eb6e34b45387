import { resourcePoolPath, templatePath } from "../place";
import type { TemplateResult } from "../request";
import { networkKinds, type ObjectKind } from "../../vcenter";
import { RunFailure } from "./failure";
import { shownSeconds } from "./progress";
import type { Run } from "./run";
import { madeByOther, requiredObject, result } from "./templates";

/**
 * Copies a template into another datacenter under the same name, where Deckhouse looks for it. vCenter copies by itself:
 * a copy that is not complete has no template's mark, and goes when the task is cancelled.
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
    throw new RunFailure(
      "copy",
      `${source}: it is no template any more`,
      "convert it to a template again, if nobody uses it; otherwise give the machine another name in the vSphere Client, " +
        "which it survives, and run again: the template is then built anew",
    );
  }
  const find = (path: string, ...kinds: readonly ObjectKind[]) =>
    requiredObject(run, "copy", path, kinds);
  const [folder, resourcePool, datastore, network] = await Promise.all([
    find(place.folder, "folder"),
    find(resourcePoolPath(place), "resource pool"),
    find(place.datastore, "datastore"),
    find(place.network, ...networkKinds),
  ]);
  const host =
    place.host === undefined ? undefined : await find(`${place.cluster}/${place.host}`, "host");
  const timeout = AbortSignal.timeout(timeouts.copy * 1000);
  try {
    const copy = await machines.clone(
      original,
      {
        ...{ name, folder, resourcePool, datastore, network },
        ...(host === undefined ? {} : { host }),
      },
      {
        onProgress: (percent) => progress.detail(`${percent} %`),
        signal: AbortSignal.any([signal, timeout]),
      },
    );
    const made = await machines.read(copy);
    if (made === undefined) throw new Error(`${templatePath(place, name)} was removed at once`);
    return await result(run, made, "copied");
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      throw new RunFailure(
        "copy",
        `copying ${source} took longer than ${shownSeconds(timeouts.copy)}`,
        "look at the load of the datastores, or allow more time (templateImage.timeouts.copy)",
      );
    }
    return await madeByOther(run, error);
  }
}
