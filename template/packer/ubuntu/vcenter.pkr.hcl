# The vCenter and where to build in it. Paths are relative to the datacenter's folders, as the plugin expects them.

variable "vcenter_server" {
  type        = string
  description = "Host name of the vCenter, with the port if it is not 443."
}

variable "vcenter_username" {
  type        = string
  description = "The account that builds, for example packer@vsphere.local."
}

variable "vcenter_password" {
  type        = string
  sensitive   = true
  description = "The password of vcenter_username. Set it as PKR_VAR_vcenter_password, which keeps it out of files."
}

variable "vcenter_insecure_connection" {
  type        = bool
  default     = false
  description = "Accept any certificate from the vCenter. This lets an attacker on the network steal the password."
}

variable "vcenter_datacenter" {
  type        = string
  description = "Name of the datacenter."
}

variable "vcenter_cluster" {
  type        = string
  description = "The cluster: its path below the host folder of the datacenter."
}

variable "vcenter_host" {
  type        = string
  default     = null
  description = "The ESXi host to build on. A cluster without DRS needs one."
}

variable "vcenter_resource_pool" {
  type        = string
  default     = ""
  description = "The resource pool: its path below the root pool of the cluster; empty for the root pool itself."
}

variable "vcenter_datastore" {
  type        = string
  description = "The datastore of the template. The ISO is kept in its folder packer_cache for the next build."
}

variable "vcenter_folder" {
  type        = string
  description = "The folder of the template: its path below the virtual machine folder of the datacenter. Created if missing."
}

variable "vm_network" {
  type        = string
  description = "The network to build on: it needs DHCP, Internet access, and a route to and from the machine that runs Packer."
}
