import { callError } from "./errors";
import { serviceInstance, type SoapLink } from "./soap";

/** What time it is for vCenter. @throws VCenterError */
export async function currentTime(link: SoapLink): Promise<Date> {
  const call = {
    operation: "ask vCenter for its time",
    method: "CurrentTime",
    target: serviceInstance,
    parameters: {},
  };
  const [value] = await link.call(call);
  const time = new Date(value?.text ?? "");
  if (!Number.isNaN(time.getTime())) return time;
  throw callError(call, { kind: "unexpectedAnswer", answer: "its answer holds no time" });
}
