/**
 * What is known of vCenter without asking one: kinds of objects, certificates, which texts are secret, and what an error
 * of it is. For code
 * that makes no call, above all what runs in each preview: this door loads neither the client nor its packages for HTTP
 * and XML.
 */
export { isVCenterError } from "./errors";
export { Redaction } from "./http/redaction";
export { certificatesIn, isTrustedBySystem } from "./http/trust";
export { datacenterFolders } from "./inventory";
export {
  anyOf,
  distinctObjects,
  kindOf,
  listedKinds,
  networkKinds,
  objectKey,
  typesOf,
} from "./objects";
