/// The contents of a bucket, `ListObjects` in its first and second version: Amazon's, MinIO's, Ceph's and others'.
///
/// Keys are no paths: what lies below the bucket is read with its whole key, escaped where the answer is not already.
package struct S3Listing: ListingFormat {
    package let name = "s3"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, ["listbucketresult", "listversionsresult"].contains(page.root),
            page.value(.name) != nil || page.value(.istruncated) != nil
        else { return nil }
        let isEncoded = page.word(.encodingtype) == "url"
        let own = page.value(.prefix)
        let entries = page.entries { record in
            let isFolder = page.place(of: record) == "commonprefixes"
            guard let key = page.bytes(isFolder ? .prefix : .key, of: record) else { return nil }
            return .init(
                reference: isEncoded
                    ? key.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }.escapingBlanks : .init(percentEncoding: key),
                isFolder: isFolder,
                size: page.size(.size, of: record),
                time: page.time(.lastmodified, of: record)
            )
        } passing: { record in
            // The marker of the folder itself.
            own?.isEmpty == false && page.bytes(.key, of: record).map(Array.init) == own
        }
        guard var entries else { return nil }
        entries.isPart = page.word(.istruncated) == "true"
        if entries.isPart {
            entries.continuation =
                page.value(.nextcontinuationtoken) ?? page.value(.nextmarker)
                ?? page.records.last.flatMap { page.bytes(.key, of: $0) }.map(Array.init)
        }
        return entries
    }
}

extension [UInt8] {
    fileprivate var escapingBlanks: [UInt8] { flatMap { $0 == 0x20 ? Array("%20".utf8) : [$0] } }
}
