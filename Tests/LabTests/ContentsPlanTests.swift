import Domain
import Testing

@testable import Lab

struct ContentsPlanTests {
    @Test func worldAndSeedDecideThePlan() throws {
        let (first, again) = (try ContentsFixture.shippedPlan(seed: 1), try ContentsFixture.shippedPlan(seed: 1))
        let other = try ContentsFixture.shippedPlan(seed: 2)
        #expect(first.files.map(\.path) == again.files.map(\.path))
        #expect(first.files.map { $0.versions.map(\.modified) } == again.files.map { $0.versions.map(\.modified) })
        #expect(first.files.map(\.path) != other.files.map(\.path))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func batchesComeOnWorkingDaysBeforeTheEveningLook(seed: UInt64) throws {
        let world = try ContentsFixture.shipped().storage
        let plan = try ContentsFixture.shippedPlan(seed: seed)
        #expect(plan.batchDays.count == 59)
        #expect(plan.batchDays.last == world.lastBatch)
        let byDay = Dictionary(grouping: plan.files) { $0.versions[0].day }
        for day in plan.batchDays {
            #expect((1...5).contains(day.weekday))
            let count = byDay[day]?.count ?? 0
            #expect((world.filesADay[0]...world.filesADay[1] + 12).contains(count), "\(day): \(count)")
        }
        for version in plan.files.flatMap(\.versions) where version.day >= world.firstBatch && !version.isSilent {
            #expect(version.modified.day == version.day)
            #expect(version.modified < version.day.start.adding(seconds: 14 * 3_600))
            #expect(version.day <= world.lastBatch)
        }
        #expect((3_000...4_000).contains(plan.files.count))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func everythingTheWorldAsksForHappens(seed: UInt64) throws {
        let world = try ContentsFixture.shipped().storage
        let plan = try ContentsFixture.shippedPlan(seed: seed)
        let later = plan.files.flatMap { $0.versions.dropFirst() }
        #expect(later.filter { !$0.isSilent }.count == world.changes)
        #expect(later.filter(\.isSilent).count == world.rewrites)
        #expect(plan.files.filter { !$0.removals.isEmpty }.count == world.removals)
        #expect(plan.files.filter { !$0.returns.isEmpty }.count == world.returns)
        let firsts = plan.files.map { ($0, plan.recipes[$0.versions[0].blob]) }
        #expect(firsts.flatMap(\.1.notes).filter { $0.fault != nil }.count == world.noteFaults)
        let misnamed = firsts.filter { file, recipe in
            recipe.mime == "image/png" && !file.path.bytes.suffix(4).elementsEqual(".png".utf8)
        }
        #expect(misnamed.count == world.misnamed)
        #expect(Set(plan.files.map(\.status)).count == world.productions.count + 2)
    }

    @Test func aFileGoesAndComesBack() throws {
        let plan = try ContentsFixture.shippedPlan(seed: 1)
        let file = try #require(plan.files.first { !$0.returns.isEmpty })
        let (gone, back) = (file.removals[0], file.returns[0])
        #expect(file.version(on: file.versions[0].day.adding(-1)) == nil)
        #expect(file.version(on: gone.adding(-1)) != nil)
        #expect(file.version(on: gone) == nil)
        #expect(file.version(on: back.adding(-1)) == nil)
        #expect(file.version(on: back)?.modified == file.versions[0].modified)
    }

    @Test func namesAreUniqueAndFollowTheirHabits() throws {
        let plan = try ContentsFixture.shippedPlan(seed: 3)
        #expect(Set(plan.files.map(\.path)).count == plan.files.count)
        let gbk = plan.files.filter { $0.encoding == .gbk }
        #expect(gbk.count > 20)
        #expect(gbk.allSatisfy { String(validating: $0.path.bytes, as: UTF8.self) == nil })
        let texts = plan.files.compactMap { String(validating: $0.path.bytes, as: UTF8.self) }
        #expect(texts.count == plan.files.count - gbk.count)
        #expect(texts.contains { $0.unicodeScalars.contains { (0x1100...0x11ff).contains($0.value) } })
        #expect(texts.contains { $0.unicodeScalars.contains { (0xff10...0xff19).contains($0.value) } })
        for path in plan.files.map(\.path) {
            #expect(path.components.allSatisfy { $0.bytes != Array("..".utf8) && $0.bytes.count <= 255 })
            #expect(!path.bytes.contains(0))
        }
    }

    @Test func aHiddenProductionsNamesTellNothing() throws {
        let world = try ContentsFixture.shipped().storage
        let plan = try ContentsFixture.shippedPlan(seed: 4)
        let hidden = try #require(world.productions.first { $0.hidden })
        let files = plan.files.filter { $0.status == .identified(project: hidden.key) }
        #expect(files.count > 100)
        #expect(files.contains { $0.evidence == .content })
        #expect(files.allSatisfy { $0.evidence != .name })
        for name in hidden.titles + hidden.codes + hidden.companies {
            #expect(files.allSatisfy { !$0.path.description.contains(name) })
        }
    }

    @Test func impossibleTablesAreRefused() throws {
        var world = try ContentsFixture.shipped().storage
        #expect(world.problems.isEmpty)
        world.user = "a/b"
        world.filesADay = [5, 3]
        world.noteLanguages = ["kor"]
        world.returns = world.removals + 1
        world.productions[0].folder = ".."
        world.productions[1].codes = []
        #expect(world.problems.count == 6)
        #expect(throws: LabError.self) {
            try StorageContents(
                world: world,
                seed: 1,
                firstDay: ContentsFixture.firstDay,
                lastDay: ContentsFixture.lastDay
            )
        }
    }
}
