import type { VCenterErrorKind } from "./errors";
import type { XmlElement } from "./xml";

/** A fault of the SOAP interface. */
export interface SoapFault {
  /** The fault's type: "NoPermission"; empty when vCenter does not tell. */
  readonly name: string;
  /** In words, with the details that the fault carries; never empty. */
  readonly text: string;
}

const kinds: Readonly<Record<string, VCenterErrorKind>> = {
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
  // Of the storage policy service. A bare SecurityError is reported of calls whose session it does not know.
  PbmFaultInvalidLogin: "unauthenticated",
  SecurityError: "unauthenticated",
  PbmFaultNoPermission: "noPermission",
};

/** The kind of error that a fault means. */
export function faultKind(fault: SoapFault): VCenterErrorKind {
  if (isSessionLimit(fault.text)) return "tooManySessions";
  return Object.hasOwn(kinds, fault.name)
    ? (kinds[fault.name] ?? "unexpectedAnswer")
    : "unexpectedAnswer";
}

/**
 * Whether a text tells of the session limit, for which there is no fault type of its own
 * (vmware-tanzu/tanzu-cli#749: failedToLoginMaxUserSessionCountReached).
 */
export function isSessionLimit(text: string): boolean {
  return /Max(imum)?\s?(User\s?)?Session\s?(Count|Limit)|(maximum|limit|too many).{0,40}\bsessions?\b/i.test(
    text,
  );
}

/**
 * Reads a SOAP fault. vCenter names the type both in the detail's element ("NoPermissionFault") and in
 * its xsi:type; either may be missing, and the text may be empty.
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

/** Reads a LocalizedMethodFault, in which the `info` of a task and others carry what went wrong. */
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
