import {
  callError,
  isObjectGone,
  isVCenterError,
  type CallDescription,
  type VCenterErrorKind,
} from "./errors";
import { effectOfLostCall, isLostAnswer } from "./lostAnswers";
import { pause, pollInterval } from "./polling";
import { readProperties } from "./propertyReader";
import { objectKey, type ManagedObjectReference, type Properties } from "./references";
import { readReference, type SoapLink } from "./soap";
import type { SoapCall } from "./soapServices";
import { readLocalizedFault } from "./soapFaults";
import type { XmlElement } from "./xml";

/** What may be wished of a task that takes long. */
export interface TaskOptions {
  /** Told how far the task is, 0 to 100, whenever that changes and vCenter tells. */
  readonly onProgress?: (percent: number) => void;
  /** Cancels the task. The call still waits until the task has ended, and succeeds when it was done before. */
  readonly signal?: AbortSignal;
}

/** A method that starts a task, and how to tell what came of it. */
export interface TaskCall<Result> extends Omit<SoapCall, "once"> {
  /** What the task did, from the result that it left. */
  readonly result: (value: XmlElement | undefined) => Result | undefined;
  /** The same by looking, for when vCenter's answer was lost; undefined when it is not done. */
  readonly effect: () => Promise<Result | undefined>;
}

const lookAmongTasks =
  "look among vCenter's tasks whether it was started, and run again when it has ended";

const taskRemedies: Readonly<Partial<Record<VCenterErrorKind, string>>> = {
  resourceInUse: "wait until vCenter has ended the other task on the machine, and run again",
  timeout: lookAmongTasks,
  unreachable: lookAmongTasks,
  unavailable: lookAmongTasks,
  unexpectedAnswer: "correct what vCenter names, and run again",
};

/**
 * Starts a task and waits for its end, however long that takes.
 *
 * The start is sent once. When its answer is lost, nobody knows whether the task exists: then everything
 * that runs on the same object is waited for, and the effect is looked for. Without an effect the error
 * of the lost answer stands, and the task is not started again.
 * @throws VCenterError with the kind of the task's fault; `cancelled` when it was cancelled
 */
export async function runTask<Result>(
  link: SoapLink,
  call: TaskCall<Result>,
  options: TaskOptions = {},
): Promise<Result> {
  const description: CallDescription = {
    operation: call.operation,
    ...(call.object === undefined ? {} : { object: call.object }),
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

/** The end of a task that succeeded; undefined when vCenter has forgotten the task, as it does some time after its end. */
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

/** A task that cannot be cancelled, or has just ended, is waited for all the same: a refusal changes nothing. */
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
