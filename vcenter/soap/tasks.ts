import { setTimeout as sleep } from "node:timers/promises";
import {
  callError,
  isObjectGone,
  isVCenterError,
  type CallDescription,
  type VCenterErrorKind,
} from "../errors";
import { objectKey, type ManagedObjectReference } from "../objects";
import { readNeighbours, readProperties, type SoapLink } from "./link";
import {
  propertiesOf,
  readLocalizedFault,
  readReference,
  type Properties,
  type SoapCall,
} from "./messages";
import type { XmlElement } from "./xml";

/** How to follow a task that takes long. */
export interface TaskOptions {
  /** Called with the progress in percent whenever vCenter shows that it has changed. */
  readonly onProgress?: (percent: number) => void;
  /** Cancels the task. The call still waits for the end of the task, and succeeds if that comes first. */
  readonly signal?: AbortSignal;
}

/** A method that starts a task, and how to find out what came of it. */
export interface TaskCall<Result> extends Omit<SoapCall, "once"> {
  /** What the task did, from the result that it left. */
  readonly result: (value: XmlElement | undefined) => Result | undefined;
  /** The same by looking, for when vCenter's answer was lost; undefined if it was not done. */
  readonly effect: () => Promise<Result | undefined>;
}

const lookAmongTasks =
  "check in vCenter's recent tasks whether it was started, and run again once it has ended";

const taskRemedies: Readonly<Partial<Record<VCenterErrorKind, string>>> = {
  resourceInUse: "wait until the other task on the machine has ended, and run again",
  timeout: lookAmongTasks,
  unreachable: lookAmongTasks,
  unavailable: lookAmongTasks,
  unexpectedAnswer: "correct what vCenter names, and run again",
};

/**
 * Starts a task and waits for its end, however long that takes.
 *
 * The start is sent once. When its answer is lost, nobody knows whether the task exists: then this waits for everything
 * that runs on the same object, and looks for the effect. Without an effect the error of the lost answer stands, and
 * the task is not started again.
 * @throws VCenterError with the kind of the task's fault; `cancelled` when it was cancelled
 */
export async function runTask<Result>(
  link: SoapLink,
  call: TaskCall<Result>,
  options: TaskOptions = {},
): Promise<Result> {
  const description: CallDescription = {
    operation: call.operation,
    object: call.object,
    remedies: { ...taskRemedies, ...call.remedies },
  };
  if (options.signal?.aborted) {
    throw callError(description, { kind: "cancelled", answer: "cancelled before it was started" });
  }
  let task: ManagedObjectReference;
  try {
    task = await startTask(link, { ...call, ...description });
  } catch (error) {
    if (!isLostAnswer(error, description)) throw error;
    const effect = await effectOfLostCall(
      link,
      description,
      call.target,
      call.effect,
      options.signal,
    );
    if (effect === undefined) throw error;
    return effect;
  }
  const end = await endOfTask(link, description, task, options);
  const outcome = (end && call.result(end.result)) ?? (await call.effect());
  if (outcome !== undefined) return outcome;
  const answer = `${objectKey(task)} left no result, and what it should have done is not there`;
  throw callError(description, { kind: "unexpectedAnswer", answer });
}

async function startTask(link: SoapLink, call: SoapCall): Promise<ManagedObjectReference> {
  const [task] = await link.call({ ...call, once: true });
  if (task) return readReference(task);
  throw callError(call, { kind: "unexpectedAnswer", answer: "its answer names no task" });
}

/**
 * The end of a task that succeeded; undefined when vCenter has forgotten the task, which happens some time after its
 * end.
 */
async function endOfTask(
  link: SoapLink,
  description: CallDescription,
  task: ManagedObjectReference,
  { onProgress, signal }: TaskOptions,
): Promise<{ readonly result: XmlElement | undefined } | undefined> {
  let reported: number | undefined;
  let isCancelled = false;
  for (let looks = 1; ; looks++) {
    const info = await taskInfo(link, description, task);
    if (info === undefined) return undefined;
    const state = info.get("info.state")?.text;
    if (state === "success") return { result: info.get("info.result") };
    if (state === "error") {
      throw link.faultError(description, readLocalizedFault(info.get("info.error")));
    }
    if (state === undefined) {
      const answer = `vCenter does not show the state of ${objectKey(task)} to this account`;
      throw callError(description, { kind: "noPermission", answer });
    }
    const progress = info.get("info.progress")?.text;
    if (progress !== undefined && Number(progress) !== reported) {
      reported = Number(progress);
      onProgress?.(reported);
    }
    if (signal?.aborted && !isCancelled) {
      isCancelled = true;
      await cancelTask(link, description, task);
      looks = 1;
    }
    await pause(pollInterval(looks, link.pollMilliseconds), isCancelled ? undefined : signal);
  }
}

async function taskInfo(
  link: SoapLink,
  description: CallDescription,
  task: ManagedObjectReference,
): Promise<Properties | undefined> {
  const paths = ["info.state", "info.progress", "info.error", "info.result"];
  try {
    return await readProperties(link, description, task, paths);
  } catch (error) {
    if (isObjectGone(error)) return undefined;
    throw error;
  }
}

/** A refusal changes nothing: a task that cannot be cancelled, or has just ended, is waited for all the same. */
async function cancelTask(
  link: SoapLink,
  description: CallDescription,
  task: ManagedObjectReference,
): Promise<void> {
  try {
    await link.call({ ...description, method: "CancelTask", target: task, parameters: {} });
  } catch (error) {
    if (!isVCenterError(error)) throw error;
  }
}

/**
 * Whether the call may have been carried out although it failed: for anything but a fault, or a failed login before it.
 */
export function isLostAnswer(error: unknown, { operation }: CallDescription): boolean {
  if (!isVCenterError(error) || error.operation !== operation) return false;
  if (error.kind === "timeout" || error.kind === "unreachable") return true;
  return (
    ["unavailable", "serverError", "unexpectedAnswer"].includes(error.kind) && error.code === ""
  );
}

/**
 * What came of a call whose answer was lost, once everything that runs on the object has ended. Never throws a
 * VCenterError: when nothing can be seen, the lost answer is the error to report.
 * @param object what the call was made on
 * @param effect finds what the call should have done; undefined if it is not there
 */
async function effectOfLostCall<Result>(
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

/** Whether any task on the object, ours or another, has not ended. */
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

/** The longest interval, as a multiple of the first. */
const longestInterval = 8;

/** The wait after a look at a task, in milliseconds: doubled each time, up to eight times the first. */
export function pollInterval(looksMade: number, first: number): number {
  return first * Math.min(2 ** (looksMade - 1), longestInterval);
}

/** Waits; a cancellation ends the wait early. */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
