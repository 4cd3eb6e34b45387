import { isObjectGone, isVCenterError, type CallDescription } from "./errors";
import { pause, pollInterval } from "./polling";
import { readNeighbours } from "./propertyReader";
import { propertiesOf, type ManagedObjectReference } from "./references";
import type { SoapLink } from "./soap";

/** Whether the call may have been carried out although it failed: anything but a fault of vCenter, or a failed login before it. */
export function isLostAnswer(error: unknown, { operation }: CallDescription): boolean {
  if (!isVCenterError(error) || error.operation !== operation) return false;
  if (error.kind === "timeout" || error.kind === "unreachable") return true;
  return (
    ["unavailable", "serverError", "unexpectedAnswer"].includes(error.kind) && error.code === ""
  );
}

/**
 * What came of a call whose answer was lost, after everything that runs on the object has ended. Fails
 * never: when nothing can be seen, the lost answer is the error to tell of.
 * @param object what the call was made on
 * @param effect tells what the call should have done; undefined when it is not there
 */
export async function effectOfLostCall<Result>(
  link: SoapLink,
  description: CallDescription,
  object: ManagedObjectReference,
  effect: () => Promise<Result | undefined>,
  signal: AbortSignal | undefined,
): Promise<Result | undefined> {
  try {
    // The call may still be on its way into a task.
    await pause(link.backoffMilliseconds, signal);
    for (let looks = 1; await isBusy(link, description, object); looks++) {
      // The task is not known, so it cannot be cancelled.
      if (signal?.aborted) return undefined;
      await pause(pollInterval(looks, link.pollMilliseconds), signal);
    }
    return await effect();
  } catch (error) {
    if (!isVCenterError(error)) throw error;
    return undefined;
  }
}

/** Whether any task on the object has not ended, ours or another. */
async function isBusy(
  link: SoapLink,
  description: CallDescription,
  object: ManagedObjectReference,
): Promise<boolean> {
  const step = { path: "recentTask", type: "Task" };
  try {
    const tasks = await readNeighbours(link, description, object, step, ["info.state"]);
    return tasks
      .map((task) => propertiesOf(task).get("info.state")?.text ?? "")
      .some((state) => state === "queued" || state === "running");
  } catch (error) {
    if (isObjectGone(error)) return false;
    throw error;
  }
}
