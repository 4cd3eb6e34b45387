import { callError, type CallDescription } from "./errors";
import type { ManagedObjectReference } from "./references";
import type { XmlElement } from "./xml";

/** What a vCenter says about itself (AboutInfo of the vSphere Web Services API). */
export interface AboutVCenter {
  /** "VMware vCenter Server". */
  readonly name: string;
  /** "VMware vCenter Server 8.0.3 build-24022515". */
  readonly fullName: string;
  /** "8.0.3". */
  readonly version: string;
  readonly build: string;
  /** "8.0.3.0". */
  readonly apiVersion: string;
  /** "VirtualCenter"; "HostAgent" when it is a single host, which has no tags. */
  readonly apiType: string;
  /** The id of this vCenter, stable over its life. */
  readonly instanceUuid: string;
}

/** Where the managers of the SOAP interface are. */
export interface ServiceContent {
  readonly about: AboutVCenter;
  readonly rootFolder: ManagedObjectReference;
  readonly propertyCollector: ManagedObjectReference;
  readonly sessionManager: ManagedObjectReference;
  readonly authorizationManager: ManagedObjectReference;
  readonly searchIndex: ManagedObjectReference;
  /** The files of datastores; the API allows a server to have no such manager. */
  readonly fileManager: ManagedObjectReference | undefined;
}

/**
 * Reads the answer of RetrieveServiceContent.
 * @throws VCenterError `unexpectedAnswer` when one of the managers is missing.
 */
export function readServiceContent(
  description: CallDescription,
  content: XmlElement | undefined,
): ServiceContent {
  const optional = (name: string): ManagedObjectReference | undefined => {
    const element = content?.child(name);
    return element && { type: element.attribute("type") ?? "", id: element.text };
  };
  const reference = (name: string): ManagedObjectReference => {
    const found = optional(name);
    if (!found) {
      const answer = `its answer names no ${name}`;
      throw callError(description, { kind: "unexpectedAnswer", answer });
    }
    return found;
  };
  const about = (name: string): string => content?.child("about")?.child(name)?.text ?? "";
  return {
    about: {
      name: about("name"),
      fullName: about("fullName"),
      version: about("version"),
      build: about("build"),
      apiVersion: about("apiVersion"),
      apiType: about("apiType"),
      instanceUuid: about("instanceUuid"),
    },
    rootFolder: reference("rootFolder"),
    propertyCollector: reference("propertyCollector"),
    sessionManager: reference("sessionManager"),
    authorizationManager: reference("authorizationManager"),
    searchIndex: reference("searchIndex"),
    fileManager: optional("fileManager"),
  };
}
