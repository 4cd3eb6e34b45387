import { callError, type CallDescription, type VCenterErrorKind } from "../errors";
import { isSessionLimit, statusKind } from "../http/failures";
import type { ManagedObjectReference } from "../objects";
import { buildXml, parseXml, type XmlContent, type XmlElement } from "./xml";

/** One method of a managed object; the arguments in the order of the WSDL, which vCenter insists on. */
export interface SoapCall extends CallDescription {
  readonly method: string;
  readonly target: ManagedObjectReference;
  readonly parameters: Readonly<Record<string, XmlContent>>;
  /** Must not be carried out twice: the role `once` of an HTTP request. All others may be repeated. */
  readonly once?: boolean;
  /** Which service has the object; {@link vim25} by default. */
  readonly service?: SoapService;
}

/** One of the SOAP services of a vCenter. There is one login for all of them, at {@link vim25}. */
export interface SoapService {
  readonly path: string;
  /** The XML namespace of its methods. */
  readonly namespace: string;
  /** The header SOAPAction: the oldest supported version of the API; newer vCenters answer in its terms. */
  readonly action: string;
  /** What marks a call to this service as one of a session. */
  session(cookie: string): SessionProof;
}

/** What a call carries so that it counts as one of a session. */
interface SessionProof {
  readonly httpHeaders: Readonly<Record<string, string>>;
  /** The content of the SOAP header; empty when there is none. */
  readonly soapHeader: Readonly<Record<string, XmlContent>>;
}

/** The name of the cookie of a session. */
export const sessionCookie = "vmware_soap_session";

/** A call outside any session. */
const noSession: SessionProof = { httpHeaders: {}, soapHeader: {} };

/** The Web Services API: everything that is in the inventory. */
export const vim25: SoapService = {
  path: "/sdk",
  namespace: "urn:vim25",
  action: "urn:vim25/7.0",
  session: (cookie) => ({ ...noSession, httpHeaders: { cookie: `${sessionCookie}=${cookie}` } }),
};

/**
 * The storage policy service (Storage Policy API). It takes the session not from the HTTP cookie but from the SOAP
 * header, as the cookie's value without the quotes around it (VMware's pyvmomi-community-samples,
 * `create_storage_policy.py`; govmomi's `pbm/client.go`).
 */
export const storagePolicyService: SoapService = {
  path: "/pbm/sdk",
  namespace: "urn:pbm",
  action: "urn:pbm/2.0",
  session: (cookie) => ({ ...noSession, soapHeader: { vcSessionCookie: unquoted(cookie) } }),
};

/** The value of a cookie without the quotes that vCenter puts around it. */
export function unquoted(cookie: string): string {
  return cookie.replace(/^"(.*)"$/, "$1");
}

/** A reference as XML content. */
export function referenceContent(reference: ManagedObjectReference): XmlContent {
  return { "@type": reference.type, "#text": reference.id };
}

/** A reference read from an element such as `<obj type="Datastore">datastore-1</obj>`. */
export function readReference(element: XmlElement): ManagedObjectReference {
  return { type: element.attribute("type") ?? "", id: element.text };
}

/** Properties of an object, by path. Those that are unset, or that the account may not read, are missing. */
export type Properties = ReadonlyMap<string, XmlElement>;

/** The properties in one `returnval` (an ObjectContent) of RetrieveProperties. */
export function propertiesOf(object: XmlElement): Properties {
  const properties = new Map<string, XmlElement>();
  for (const property of object.children("propSet")) {
    const value = property.child("val");
    if (value) properties.set(property.child("name")?.text ?? "", value);
  }
  return properties;
}

/** The path, headers and body of the HTTP request that makes a call. */
export interface SoapRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Writes the request of a call.
 * @param cookie of the session, quotes included; undefined for a call outside any session
 * @throws VCenterError `invalidArgument` when a value holds a character that XML cannot carry
 */
export function soapRequest(call: SoapCall, cookie: string | undefined): SoapRequest {
  const { service = vim25, method, target, parameters } = call;
  const session = cookie === undefined ? noSession : service.session(cookie);
  const hasHeader = Object.keys(session.soapHeader).length > 0;
  try {
    const body = buildXml({
      "soapenv:Envelope": {
        "@xmlns:soapenv": "http://schemas.xmlsoap.org/soap/envelope/",
        "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        ...(hasHeader ? { "soapenv:Header": { ...session.soapHeader } } : {}),
        "soapenv:Body": {
          [method]: { "@xmlns": service.namespace, _this: referenceContent(target), ...parameters },
        },
      },
    });
    const headers = {
      "content-type": 'text/xml; charset="utf-8"',
      soapaction: service.action,
      ...session.httpHeaders,
    };
    return { path: service.path, headers, body };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const answer = `a value holds ${error.message}`;
    throw callError(call, { kind: "invalidArgument", answer });
  }
}

/** The body of an envelope; undefined when the text is not an envelope. */
export function readBody(text: string): XmlElement | undefined {
  try {
    return parseXml(text).localChild("Envelope")?.localChild("Body");
  } catch {
    return undefined;
  }
}

/**
 * The kind of error that an answer without a fault means. Missing objects come as faults: any other 404 is no vCenter.
 */
export function soapStatusKind(status: number, text: string): VCenterErrorKind {
  const kind = statusKind(status, text);
  const isAboutObjects = ["notFound", "invalidArgument", "resourceInUse"].includes(kind);
  return isAboutObjects ? "unexpectedAnswer" : kind;
}

/** The value of the session's cookie as it came, quotes included: vCenter sends them and wants them back. */
export function cookieValue(header: string | string[] | undefined): string | undefined {
  for (const cookie of Array.isArray(header) ? header : [header ?? ""]) {
    const [name, value] = /^\s*([^=;]+)=([^;]*)/.exec(cookie)?.slice(1) ?? [];
    if (name === sessionCookie && value) return value.trim();
  }
  return undefined;
}

/** A fault of the SOAP interface. */
export interface SoapFault {
  /** The fault's type: "NoPermission"; empty when vCenter does not say. */
  readonly name: string;
  /** In words, with the details that the fault carries; never empty. */
  readonly text: string;
}

const faultKinds: Readonly<Record<string, VCenterErrorKind>> = {
  InvalidLogin: "invalidLogin",
  PasswordExpired: "invalidLogin",
  NotAuthenticated: "unauthenticated",
  NoPermission: "noPermission",
  RestrictedByAdministrator: "noPermission",
  AuthMinimumAdminPermission: "resourceInUse",
  ManagedObjectNotFound: "notFound",
  NotFound: "notFound",
  UserNotFound: "notFound",
  AlreadyExists: "alreadyExists",
  DuplicateName: "alreadyExists",
  FileAlreadyExists: "alreadyExists",
  InvalidArgument: "invalidArgument",
  InvalidName: "invalidArgument",
  InvalidProperty: "invalidArgument",
  RemoveFailed: "resourceInUse",
  InvalidPowerState: "resourceInUse",
  TaskInProgress: "resourceInUse",
  ResourceInUse: "resourceInUse",
  RequestCanceled: "cancelled",
  SessionLimitExceeded: "tooManySessions",
  HostCommunication: "unavailable",
  // The storage policy service is reported to answer a bare SecurityError when it does not know the session.
  PbmFaultInvalidLogin: "unauthenticated",
  SecurityError: "unauthenticated",
  PbmFaultNoPermission: "noPermission",
};

/** The kind of error that a fault means. */
export function faultKind(fault: SoapFault): VCenterErrorKind {
  if (isSessionLimit(fault.text)) return "tooManySessions";
  return Object.hasOwn(faultKinds, fault.name)
    ? (faultKinds[fault.name] ?? "unexpectedAnswer")
    : "unexpectedAnswer";
}

/**
 * Reads a SOAP fault. vCenter names the type both in the detail's element ("NoPermissionFault") and in its xsi:type;
 * either may be missing, and the text may be empty.
 */
export function readFault(fault: XmlElement): SoapFault {
  const said = (fault.child("faultstring")?.text ?? "").trim();
  const detail = fault.child("detail");
  const elementName = detail?.childNames()[0];
  const element = elementName === undefined ? undefined : detail?.child(elementName);
  const name =
    element?.attribute("xsi:type") ?? elementName?.replace(/^.*:/, "").replace(/Fault$/, "") ?? "";
  return soapFault(name, said, element);
}

/** Reads a LocalizedMethodFault, which is how the `info` of a task says what went wrong. */
export function readLocalizedFault(fault: XmlElement | undefined): SoapFault {
  const element = fault?.child("fault");
  const said = (fault?.child("localizedMessage")?.text ?? "").trim();
  return soapFault(element?.attribute("xsi:type") ?? "", said, element);
}

function soapFault(name: string, said: string, element: XmlElement | undefined): SoapFault {
  const facts = element ? factsOf(element) : [];
  const parts = [name, said, ...facts].filter((part) => part !== "");
  return { name, text: parts.join(", ") || "a fault without a name or text" };
}

/** The details that tell the reader what exactly was refused. */
function factsOf(element: XmlElement): string[] {
  const facts: string[] = [];
  const add = (label: string, value: string | undefined): void => {
    if (value) facts.push(`${label} ${value}`);
  };
  add("missing privilege", element.child("privilegeId")?.text);
  for (const missing of element.children("missingPrivileges")) {
    const privileges = missing.children("privilegeIds").map((privilege) => privilege.text);
    add("missing privileges", privileges.join(" "));
  }
  const object = element.child("object") ?? element.child("obj");
  add("on", object && `${object.attribute("type") ?? ""}:${object.text}`);
  add("property", element.child("invalidProperty")?.text);
  add("name", element.child("name")?.text);
  add("principal", element.child("principal")?.text);
  add("state", element.child("existingState")?.text);
  add("datastore", element.child("datastore")?.text);
  return facts;
}
