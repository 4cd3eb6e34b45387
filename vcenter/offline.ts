/**
 * What is known of vCenter without asking one: kinds of objects, principals, certificates, and which texts are secret. For
 * code that makes no call, above all what runs in each preview: this door does not load the client with its packages for
 * HTTP and XML, which alone take some 60 ms.
 */
export { certificatesIn } from "./certificates";
export { datacenterFolders } from "./inventory";
export { anyOf, kindOf, listedKinds, networkKinds, typesOf } from "./objectKinds";
export { samePrincipal, toDomainPrincipal } from "./principals";
export { Redaction } from "./redaction";
export { objectKey } from "./references";
export { isTrustedBySystem } from "./trust";
