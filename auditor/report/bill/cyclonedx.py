"""The dependencies as a software bill of materials: CycloneDX 1.6 in JSON, packages with their holes and who brings whom."""

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from auditor.model.inventory import Advisory, Package
from auditor.report.bill.purl import named, purl
from auditor.report.view import View
from auditor.report.visible import visible

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component
    from cyclonedx.model.vulnerability import Vulnerability

NAMESPACE = uuid.UUID("7c9b8d2e-4b61-5d0a-9c7f-2d6f4f0e1a35")


def cyclonedx(view: View) -> str:
    """The whole bill. The same view gives the same bytes: its serial number is made of what it holds."""
    from cyclonedx.output import make_outputter
    from cyclonedx.schema import OutputFormat, SchemaVersion

    return str(make_outputter(_bom(view), OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)) + "\n"


def _bom(view: View) -> "Bom":
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType

    shot = view.snapshot
    own = Component(name=named(shot.project), type=ComponentType.APPLICATION, bom_ref="project", version=shot.commit or None)
    tool = Component(name="auditor", type=ComponentType.APPLICATION, version=shot.tool_version)
    components = {package: _component(package) for package in shot.packages}
    content = "\n".join([shot.project, shot.commit, *(f"{one.name}=={one.version} {one.state}" for one in shot.packages)])
    bom = Bom(components=components.values(), serial_number=uuid.uuid5(NAMESPACE, visible(content)))
    bom.metadata.timestamp = datetime.fromisoformat(shot.taken_at).astimezone(UTC)
    bom.metadata.tools.components.add(tool)
    bom.metadata.component = own
    waiting = sum(one.state == "not audited" for one in shot.packages)
    bom.metadata.properties.add(Property(name="auditor:packages_not_audited", value=str(waiting)))
    by_name: dict[str, list[Component]] = {}
    for package, component in components.items():
        by_name.setdefault(package.name, []).append(component)
    bom.register_dependency(own, [one for package, one in components.items() if package.direct or not package.brought_by])
    for package, component in components.items():
        bom.register_dependency(component, [one for name, _ in package.needs for one in by_name.get(name, ())])
    for package, component in components.items():
        bom.vulnerabilities.update(_vulnerability(package, one, component) for one in package.advisories)
    return bom


def _component(package: Package) -> "Component":
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import Property
    from cyclonedx.model.component import Component, ComponentScope, ComponentType

    facts = {"state": package.state, "why": package.note, "direct": str(package.direct).lower(), "manifest": package.manifest}
    return Component(
        name=named(package.name),
        version=visible(package.version) or None,
        type=ComponentType.LIBRARY,
        purl=purl(package.name, package.version),
        bom_ref=named(f"{package.name}=={package.version}" if package.version else package.name),
        scope=ComponentScope.REQUIRED if package.production else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(visible(package.licence))] if package.licence else None,
        properties=[Property(name=f"auditor:{name}", value=visible(text)) for name, text in facts.items() if text],
    )


def _vulnerability(package: Package, advisory: Advisory, component: "Component") -> "Vulnerability":
    from cyclonedx.model.impact_analysis import ImpactAnalysisAffectedStatus
    from cyclonedx.model.vulnerability import (
        BomTarget,
        BomTargetVersionRange,
        Vulnerability,
        VulnerabilityRating,
        VulnerabilityReference,
        VulnerabilityScoreSource,
        VulnerabilitySeverity,
        VulnerabilitySource,
    )  # fmt: skip

    source = VulnerabilitySource(name="OSV")
    affected, text = ImpactAnalysisAffectedStatus.AFFECTED, visible(package.version)
    versions = [BomTargetVersionRange(version=text, status=affected)] if text else []
    return Vulnerability(
        bom_ref=visible(f"{advisory.id} {package.name}=={package.version}"),
        id=visible(advisory.id),
        source=source,
        description=visible(advisory.summary) or None,
        recommendation=visible(package.fix) or None,
        references=[VulnerabilityReference(id=visible(alias), source=source) for alias in advisory.aliases if alias],
        ratings=[
            VulnerabilityRating(
                severity=VulnerabilitySeverity(advisory.severity),
                vector=visible(advisory.vector) or None,
                method=VulnerabilityScoreSource.get_from_vector(advisory.vector) if advisory.vector else None,
            )
        ],
        affects=[BomTarget(ref=str(component.bom_ref), versions=versions)],
    )
