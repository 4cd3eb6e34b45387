/**
 * A client for the part of vCenter that the program needs: finding objects, tags, permissions, and templates.
 * Tested alone; knows nothing of Pulumi.
 */
export { VCenterClient, withVCenter } from "./client";
export type { VCenterClientOptions, VCenterConnection } from "./options";
export { VCenterError, isVCenterError } from "./errors";
export type { VCenterErrorDetails, VCenterErrorKind } from "./errors";
export { datacenterFolders, Inventory } from "./inventory";
export type { DatacenterFolder, InventoryEntry, ManagedObject } from "./inventory";
export type { InventoryReader } from "./inventoryReader";
export { anyOf, kindOf, listedKinds, networkKinds, typesOf } from "./objectKinds";
export type { ObjectKind } from "./objectKinds";
export { objectKey } from "./references";
export type { ManagedObjectReference } from "./references";
export { largestBatch } from "./tagging";
export type { Tagging } from "./tagging";
export type { BatchFailure, BatchResult, Tag, TagCategory } from "./taggingAnswers";
export type { Authorization, Permission, PermissionRule, Role } from "./authorization";
export { samePrincipal, toDomainPrincipal } from "./principals";
export type { CloneTarget } from "./cloneSpec";
export type { TaskOptions } from "./tasks";
export type { VirtualMachines } from "./virtualMachines";
export type {
  NetworkAdapter,
  VirtualDisk,
  VirtualMachine,
  VirtualMachineSummary,
} from "./virtualMachineAnswers";
export type { DatastoreFiles } from "./datastoreFiles";
export type { StoragePolicies, StoragePolicy } from "./storagePolicies";
export type { Mounts, HostMounts } from "./mounts";
export type { AboutVCenter } from "./serviceContent";
