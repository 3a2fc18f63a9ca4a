/// Every log format Ajar reads, the more telling first: a line is read by the first that takes it.
package let logFormats: [any LogFormat] = [
    CombinedLog(),
    CommonLog(),
]
