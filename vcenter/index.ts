/**
 * A client for the part of vCenter that the program needs: finding objects, tags, permissions, and templates.
 * Tested alone; knows nothing of Pulumi. Code that makes no call takes what it needs from offline.ts, and types from here.
 */
export * from "./offline";
export { VCenterClient, withVCenter } from "./client";
export type { VCenterClientOptions, VCenterConnection } from "./options";
export { VCenterError, isVCenterError } from "./errors";
export type { VCenterErrorDetails, VCenterErrorKind } from "./errors";
export { Inventory } from "./inventory";
export type { DatacenterFolder, InventoryEntry, ManagedObject } from "./inventory";
export type { InventoryReader } from "./inventoryReader";
export type { ObjectKind } from "./objectKinds";
export type { ManagedObjectReference } from "./references";
export { isLostAnswer } from "./lostAnswers";
export { backoffDelay } from "./backoff";
export { largestBatch } from "./tagging";
export type { Tagging } from "./tagging";
export type { BatchFailure, BatchResult, Tag, TagCategory } from "./taggingAnswers";
export { grantOperation } from "./authorization";
export type { Authorization, Permission, PermissionRule, Role } from "./authorization";
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
