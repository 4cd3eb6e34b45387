# The vCenter, and the place in it. Paths are relative to the folders of the datacenter, as the plugin takes them.

variable "vcenter_server" {
  type        = string
  description = "Host of the vCenter, with the port if it is not 443."
}

variable "vcenter_username" {
  type        = string
  description = "The account that builds, for example packer@vsphere.local."
}

variable "vcenter_password" {
  type        = string
  sensitive   = true
  description = "Its password. Give it as PKR_VAR_vcenter_password, which keeps it out of files."
}

variable "vcenter_insecure_connection" {
  type        = bool
  default     = false
  description = "Accept any certificate of the vCenter. Makes it possible to steal the password on the way."
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
  description = "The folder of the template: its path below the virtual machine folder of the datacenter. Made if missing."
}

variable "vm_network" {
  type        = string
  description = "The network to build on: with DHCP, the Internet, and a way to the machine that runs Packer and back."
}
