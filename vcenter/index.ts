/**
 * A client for the part of vCenter that the program needs: finding objects, tags, permissions, virtual machines and
 * templates, datastores and storage policies. Knows nothing of Pulumi. Code that makes no call takes what it needs from
 * offline.ts, and types from here.
 */
export * from "./offline";
export { grantOperation } from "./authorization";
export type { Authorization, Permission, PermissionRule, Role } from "./authorization";
export { VCenterClient, withVCenter } from "./client";
export type { CloneTarget } from "./cloning";
export type { DatastoreFiles, HostMounts, Mounts } from "./datastores";
export type { DatastoreSummaries, DatastoreSummary } from "./datastoreSummaries";
export type { ClusterHosts, Host, HostInventory, HostMount, Hosts } from "./hosts";
export { isVCenterError, VCenterError } from "./errors";
export type { VCenterErrorDetails, VCenterErrorKind } from "./errors";
export { seenCertificate } from "./http/certificate";
export { backoffDelay } from "./http/failures";
export { Inventory } from "./inventory";
export type { DatacenterFolder, InventoryEntry, ManagedObject } from "./inventory";
export type { InventoryReader } from "./inventoryReader";
export type { ManagedObjectReference, ObjectKind } from "./objects";
export { originOf } from "./options";
export type { VCenterClientOptions, VCenterConnection } from "./options";
export type { BatchFailure, BatchResult, Tag, TagCategory } from "./rest/answers";
export type { AboutVCenter } from "./soap/session";
export { isLostAnswer } from "./soap/tasks";
export type { TaskOptions } from "./soap/tasks";
export type { StoragePolicies, StoragePolicy } from "./storagePolicies";
export type { ListedTemplate } from "./templateList";
export { largestBatch } from "./tagging";
export type { Tagging } from "./tagging";
export type {
  NetworkAdapter,
  VirtualDisk,
  VirtualMachine,
  VirtualMachineSummary,
} from "./virtualMachineAnswers";
export type { VirtualMachines } from "./virtualMachines";
