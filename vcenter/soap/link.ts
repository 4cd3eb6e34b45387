import { callError, isVCenterError, type CallDescription, type VCenterError } from "../errors";
import { excerpt } from "../http/failures";
import type { Redaction } from "../http/redaction";
import type { HttpRequest, Transport } from "../http/transport";
import type { ManagedObjectReference } from "../objects";
import type { VCenterConnection } from "../options";
import { Session, type CredentialGate, type LeftSessions } from "../sessions";
import {
  cookieValue,
  faultKind,
  propertiesOf,
  readBody,
  readFault,
  referenceContent,
  soapRequest,
  soapStatusKind,
  unquoted,
  type Properties,
  type SoapCall,
  type SoapFault,
} from "./messages";
import {
  readServiceContent,
  SoapSessionProtocol,
  type Exchange,
  type ServiceContent,
  type SoapAnswer,
} from "./session";
import type { XmlElement } from "./xml";

/** The one object whose reference is known before anything was asked. */
const serviceInstance: ManagedObjectReference = {
  type: "ServiceInstance",
  id: "ServiceInstance",
};

/** The SOAP interface: makes calls, logged in. */
export class SoapLink {
  readonly #transport: Transport;
  readonly #redaction: Redaction;
  readonly #connection: VCenterConnection;
  readonly #session: Session;
  #content: Promise<ServiceContent> | undefined;

  constructor(
    transport: Transport,
    connection: VCenterConnection,
    gate: CredentialGate,
    redaction: Redaction,
  ) {
    this.#transport = transport;
    this.#redaction = redaction;
    this.#connection = connection;
    const protocol = new SoapSessionProtocol(
      connection,
      transport.options.userAgent,
      () => this.serviceContent(),
      (...call) => this.#exchange(...call),
    );
    this.#session = new Session(gate, protocol);
  }

  /** The wait before a second attempt, for callers that retry themselves. */
  get backoffMilliseconds(): number {
    return this.#transport.options.backoffMilliseconds;
  }

  /** The wait after the first look at a task. */
  get pollMilliseconds(): number {
    return this.#transport.options.pollMilliseconds;
  }

  /** What vCenter says about itself and where its managers are; asked once, needs no login. */
  async serviceContent(): Promise<ServiceContent> {
    this.#content ??= this.#retrieveServiceContent();
    try {
      return await this.#content;
    } catch (error) {
      this.#content = undefined;
      throw error;
    }
  }

  /** What time it is on vCenter. @throws VCenterError */
  async currentTime(): Promise<Date> {
    const call: SoapCall = {
      operation: "ask vCenter for its time",
      method: "CurrentTime",
      target: serviceInstance,
      parameters: {},
    };
    const [value] = await this.call(call);
    const time = new Date(value?.text ?? "");
    if (!Number.isNaN(time.getTime())) return time;
    throw callError(call, { kind: "unexpectedAnswer", answer: "its answer holds no time" });
  }

  /**
   * Calls a method, logged in, and gives its `returnval` elements. When the session has ended, logs in again once and
   * repeats the call once.
   * @throws VCenterError
   */
  async call(call: SoapCall): Promise<XmlElement[]> {
    const role = call.once ? "once" : "ordinary";
    const cookie = await this.#session.token();
    try {
      return (await this.#exchange(call, role, cookie)).values;
    } catch (error) {
      // Refused without being carried out, so that even what must happen once can be repeated.
      if (!isVCenterError(error, "unauthenticated")) throw error;
      const renewed = await this.#session.renewed(cookie);
      return (await this.#exchange(call, role, renewed)).values;
    }
  }

  /** The error of a fault, whether it came instead of an answer or within one. */
  faultError(description: CallDescription, fault: SoapFault): VCenterError {
    const code = this.#redaction.clean(fault.name);
    const answer = this.#redaction.clean(fault.text);
    return callError(description, { kind: faultKind(fault), code, answer });
  }

  /** Logs out, if anything was logged in; says which sessions may still be open. */
  async end(): Promise<LeftSessions> {
    return this.#session.end();
  }

  async #retrieveServiceContent(): Promise<ServiceContent> {
    const call: SoapCall = {
      operation: "ask vCenter for its services",
      object: this.#connection.server,
      method: "RetrieveServiceContent",
      target: serviceInstance,
      parameters: {},
    };
    const { values } = await this.#exchange(call, "ordinary", undefined);
    return readServiceContent(call, values[0]);
  }

  async #exchange(
    call: SoapCall,
    role: HttpRequest["role"],
    cookie: string | undefined,
    more: Parameters<Exchange>[3] = {},
  ): Promise<SoapAnswer> {
    const { path, headers, body } = soapRequest(call, cookie);
    const answer = await this.#transport.send(
      {
        method: "POST",
        path,
        role,
        headers: { ...headers, ...more.headers },
        body,
        onLostAnswer: more.onLostAnswer,
      },
      call,
    );
    const content = readBody(answer.text);
    const fault = content?.localChild("Fault");
    if (fault) throw this.faultError(call, readFault(fault));
    const response = content?.localChild(`${call.method}Response`);
    if (answer.status !== 200 || !response) {
      const kind = soapStatusKind(answer.status, answer.text);
      const clean = excerpt({ ...answer, text: this.#redaction.clean(answer.text) });
      throw callError(call, { kind, answer: clean });
    }
    const received = cookieValue(answer.headers["set-cookie"]);
    if (received !== undefined) {
      this.#redaction.add(received);
      this.#redaction.add(unquoted(received));
    }
    return { values: response.children("returnval"), cookie: received };
  }
}

/**
 * Reads properties of one object, in one call.
 * @param paths such as `name` and `config.hardware.device`
 * @throws VCenterError `notFound` with the code ManagedObjectNotFound when the object is gone
 */
export async function readProperties(
  link: SoapLink,
  description: CallDescription,
  reference: ManagedObjectReference,
  paths: readonly string[],
): Promise<Properties> {
  const { propertyCollector } = await link.serviceContent();
  const [object] = await link.call({
    ...description,
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: { type: reference.type, pathSet: [...paths] },
        objectSet: { obj: referenceContent(reference) },
      },
    },
  });
  return object ? propertiesOf(object) : new Map();
}

/**
 * Reads properties of all objects one step away, in one call however many there are.
 * @param step the property of `from` that leads to the objects, and their type
 * @returns the `returnval` elements (ObjectContent), in vCenter's order
 */
export async function readNeighbours(
  link: SoapLink,
  description: CallDescription,
  from: ManagedObjectReference,
  step: { readonly path: string; readonly type: string },
  paths: readonly string[],
): Promise<XmlElement[]> {
  const { propertyCollector } = await link.serviceContent();
  return link.call({
    ...description,
    method: "RetrieveProperties",
    target: propertyCollector,
    parameters: {
      specSet: {
        propSet: { type: step.type, pathSet: [...paths] },
        objectSet: {
          obj: referenceContent(from),
          skip: true,
          selectSet: {
            "@xsi:type": "TraversalSpec",
            type: from.type,
            path: step.path,
            skip: false,
          },
        },
      },
    },
  });
}
