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
                reference: isEncoded ? key.escapingBlanks : .init(percentEncoding: key),
                isFolder: isFolder,
                size: page.size(.size, of: record),
                time: page.time(.lastmodified, of: record),
                mark: isFolder ? nil : page.bytes(.etag, of: record)
            )
        } passing: { record in
            // The marker of the folder itself.
            own?.isEmpty == false && page.bytes(.key, of: record).map(Array.init) == own
        }
        guard var entries else { return nil }
        entries.isPart = page.word(.istruncated) == "true"
        if entries.isPart { entries.continuation = Self.continuation(of: page, isEncoded) }
        return entries
    }

    /// The second version names a token. The first one names the last key only where keys were put together by a delimiter.
    private static func continuation(of page: ListingDocument, _ isEncoded: Bool) -> ListingContinuation? {
        if let token = page.value(.nextcontinuationtoken) { return .token(token) }
        let plain = { (key: ArraySlice<UInt8>) in
            isEncoded ? [UInt8](percentEncoded: key.escapingBlanks) : Array(key)
        }
        if let marker = page.value(.nextmarker), !marker.isEmpty { return .marker(plain(marker[...])) }
        let keys = page.records.compactMap { page.bytes(.key, of: $0) ?? page.bytes(.prefix, of: $0) }.map(plain)
        return keys.max { $0.lexicographicallyPrecedes($1) }.map { .marker($0) }
    }
}

extension ArraySlice<UInt8> {
    /// Answers that escape keys write a blank as a plus sign.
    fileprivate var escapingBlanks: [UInt8] { flatMap { $0 == UInt8(ascii: "+") ? Array("%20".utf8) : [$0] } }
}
