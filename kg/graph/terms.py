"""Every namespace and IRI of the graph, spelt once.

Instances lie under the base namespace, which a user may choose; ontology terms and known indicators do not move.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg.config import BASE
from kg.model import Kind, Role

HA: Final = "https://w3id.org/health-admin/ontology#"
QB: Final = "http://purl.org/linked-data/cube#"
SDMX_DIMENSION: Final = "http://purl.org/linked-data/sdmx/2009/dimension#"
SDMX_MEASURE: Final = "http://purl.org/linked-data/sdmx/2009/measure#"
SDMX_ATTRIBUTE: Final = "http://purl.org/linked-data/sdmx/2009/attribute#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
ORG: Final = "http://www.w3.org/ns/org#"
QUDT: Final = "http://qudt.org/schema/qudt/"
UNIT: Final = "http://qudt.org/vocab/unit/"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
VOID: Final = "http://rdfs.org/ns/void#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SCHEMA: Final = "https://schema.org/"
CNT: Final = "http://www.w3.org/2011/content#"
GEO: Final = "http://www.opengis.net/ont/geosparql#"
SF: Final = "http://www.opengis.net/ont/sf#"
PAV: Final = "http://purl.org/pav/"
SHAPES: Final = "https://w3id.org/health-admin/shapes#"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
INTERVAL: Final = "http://reference.data.gov.uk/id/"
SSSOM: Final = "https://w3id.org/sssom/"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
ADMS: Final = "http://www.w3.org/ns/adms#"

OUTSIDE: Final = {
    "gn": "https://sws.geonames.org/",
    "orcid": "https://orcid.org/",
    "wd": "http://www.wikidata.org/entity/",
}
"""Prefix → namespace of the graphs that are often linked to, as mapping files write them."""

INDICATORS: Final = BASE
"""Known indicators keep this namespace whatever the base, so that graphs of two publishers share them."""


def prefixes(base: str = BASE) -> dict[str, str]:
    """Prefix → namespace, as exports and saved queries declare them. ``id:`` is the base."""
    declared = {
        "cnt": CNT,
        "dcat": DCAT,
        "dcterms": DCTERMS,
        "geo": GEO,
        "ha": HA,
        "id": base,
        "oa": OA,
        "org": ORG,
        "owl": OWL,
        "pav": PAV,
        "prov": PROV,
        "qb": QB,
        "qudt": QUDT,
        "rdf": RDF,
        "rdfs": RDFS,
        "schema": SCHEMA,
        "sdmx-attribute": SDMX_ATTRIBUTE,
        "sdmx-dimension": SDMX_DIMENSION,
        "sdmx-measure": SDMX_MEASURE,
        "sf": SF,
        "skos": SKOS,
        "unit": UNIT,
        "void": VOID,
        "xsd": XSD,
    }
    return declared if base == BASE else {**declared, "ind": INDICATORS}


# RDF, RDFS, XSD
TYPE: Final = NamedNode(RDF + "type")
LABEL: Final = NamedNode(RDFS + "label")
INTEGER: Final = NamedNode(XSD + "integer")
DECIMAL: Final = NamedNode(XSD + "decimal")
DATE: Final = NamedNode(XSD + "date")
DATE_TIME: Final = NamedNode(XSD + "dateTime")
BOOLEAN: Final = NamedNode(XSD + "boolean")
STRING: Final = NamedNode(XSD + "string")

# SHACL, as far as messages are looked up
SH_MESSAGE: Final = NamedNode(SH + "message")
SH_SPARQL: Final = NamedNode(SH + "sparql")

# Data Cube and SDMX
OBSERVATION: Final = NamedNode(QB + "Observation")
DATA_SET: Final = NamedNode(QB + "DataSet")
IN_DATA_SET: Final = NamedNode(QB + "dataSet")
STRUCTURE: Final = NamedNode(QB + "structure")
REF_AREA: Final = NamedNode(SDMX_DIMENSION + "refArea")
REF_PERIOD: Final = NamedNode(SDMX_DIMENSION + "refPeriod")
OBS_VALUE: Final = NamedNode(SDMX_MEASURE + "obsValue")
UNIT_MEASURE: Final = NamedNode(SDMX_ATTRIBUTE + "unitMeasure")

# SKOS, ORG, QUDT
CONCEPT: Final = NamedNode(SKOS + "Concept")
PREF_LABEL: Final = NamedNode(SKOS + "prefLabel")
ALT_LABEL: Final = NamedNode(SKOS + "altLabel")
HIDDEN_LABEL: Final = NamedNode(SKOS + "hiddenLabel")
BROADER: Final = NamedNode(SKOS + "broader")
NOTATION: Final = NamedNode(SKOS + "notation")
IN_SCHEME: Final = NamedNode(SKOS + "inScheme")
COLLECTION: Final = NamedNode(SKOS + "Collection")
MEMBER: Final = NamedNode(SKOS + "member")
FORMAL_ORGANIZATION: Final = NamedNode(ORG + "FormalOrganization")
CLASSIFICATION: Final = NamedNode(ORG + "classification")
QUDT_UNIT: Final = NamedNode(QUDT + "Unit")
SYMBOL: Final = NamedNode(QUDT + "symbol")

# PROV-O, Web Annotation
ACTIVITY: Final = NamedNode(PROV + "Activity")
HAD_PRIMARY_SOURCE: Final = NamedNode(PROV + "hadPrimarySource")
WAS_DERIVED_FROM: Final = NamedNode(PROV + "wasDerivedFrom")
ALTERNATE_OF: Final = NamedNode(PROV + "alternateOf")
WAS_GENERATED_BY: Final = NamedNode(PROV + "wasGeneratedBy")
ASSOCIATION: Final = NamedNode(PROV + "Association")
AGENT: Final = NamedNode(PROV + "agent")
HAD_PLAN: Final = NamedNode(PROV + "hadPlan")
HAD_ROLE: Final = NamedNode(PROV + "hadRole")
WAS_ASSOCIATED_WITH: Final = NamedNode(PROV + "wasAssociatedWith")
SPECIFIC_RESOURCE: Final = NamedNode(OA + "SpecificResource")
TEXT_QUOTE_SELECTOR: Final = NamedNode(OA + "TextQuoteSelector")
TEXT_POSITION_SELECTOR: Final = NamedNode(OA + "TextPositionSelector")
HAS_SOURCE: Final = NamedNode(OA + "hasSource")
HAS_SELECTOR: Final = NamedNode(OA + "hasSelector")
HAS_BODY: Final = NamedNode(OA + "hasBody")
HAS_TARGET: Final = NamedNode(OA + "hasTarget")
EXACT: Final = NamedNode(OA + "exact")
OA_START: Final = NamedNode(OA + "start")
OA_END: Final = NamedNode(OA + "end")

# Dublin Core, DCAT, VoID
TITLE: Final = NamedNode(DCTERMS + "title")
DESCRIPTION: Final = NamedNode(DCTERMS + "description")
LICENSE: Final = NamedNode(DCTERMS + "license")
ISSUED: Final = NamedNode(DCTERMS + "issued")
SPATIAL: Final = NamedNode(DCTERMS + "spatial")
PUBLISHER: Final = NamedNode(DCTERMS + "publisher")
SOURCE: Final = NamedNode(DCTERMS + "source")
LOCATION: Final = NamedNode(DCTERMS + "Location")
REPLACES: Final = NamedNode(DCTERMS + "replaces")
IS_REPLACED_BY: Final = NamedNode(DCTERMS + "isReplacedBy")
LANGUAGE: Final = NamedNode(DCTERMS + "language")
PROGRAMME_TYPE: Final = NamedNode(DCTERMS + "type")
FILE: Final = NamedNode(DCTERMS + "hasFormat")
IS_PART_OF: Final = NamedNode(DCTERMS + "isPartOf")
DCAT_DATASET: Final = NamedNode(DCAT + "Dataset")
MEDIA_TYPE: Final = NamedNode(DCAT + "mediaType")
VOID_DATASET: Final = NamedNode(VOID + "Dataset")
IN_DATASET: Final = NamedNode(VOID + "inDataset")

# schema.org, Content in RDF, PAV: what a file, its report and a division's name say of themselves
NAME: Final = NamedNode(SCHEMA + "name")
SHA256: Final = NamedNode(SCHEMA + "sha256")
URL: Final = NamedNode(SCHEMA + "url")
STATED_SOURCE: Final = NamedNode(SCHEMA + "creditText")
VALID_FROM: Final = NamedNode(SCHEMA + "validFrom")
VALID_THROUGH: Final = NamedNode(SCHEMA + "validThrough")
VERSION: Final = NamedNode(SCHEMA + "softwareVersion")
CREDITS: Final = {
    "author": NamedNode(DCTERMS + "creator"),
    "editor": NamedNode(SCHEMA + "editor"),
    "reviewer": NamedNode(SCHEMA + "reviewedBy"),
}
HAS_GEOMETRY: Final = NamedNode(GEO + "hasGeometry")
AS_WKT: Final = NamedNode(GEO + "asWKT")
WKT: Final = NamedNode(GEO + "wktLiteral")
POINT: Final = NamedNode(SF + "Point")
ENCODING: Final = NamedNode(CNT + "characterEncoding")
RETRIEVED: Final = NamedNode(PAV + "retrievedOn")

# Our own: classes
REPORT: Final = NamedNode(HA + "Report")
SOURCE_FILE: Final = NamedNode(HA + "SourceFile")
MENTION: Final = NamedNode(HA + "Mention")
PLACE: Final = NamedNode(HA + "Place")
PROGRAMME: Final = NamedNode(HA + "Programme")
CANDIDATE_INDICATOR: Final = NamedNode(HA + "CandidateIndicator")
KINDS: Final[dict[Kind, NamedNode]] = {
    "count": NamedNode(HA + "Count"),
    "money": NamedNode(HA + "Money"),
    "rate": NamedNode(HA + "Rate"),
    "level": NamedNode(HA + "Level"),
    "rank": NamedNode(HA + "Rank"),
    "change": NamedNode(HA + "Change"),
}

# Our own: properties
INDICATOR: Final = NamedNode(HA + "indicator")
INDICATOR_TEXT: Final = NamedNode(HA + "indicatorText")
SUBJECT: Final = NamedNode(HA + "subject")
SUBJECT_NAME: Final = NamedNode(HA + "subjectName")
START: Final = NamedNode(HA + "start")
END: Final = NamedNode(HA + "end")
YEAR: Final = NamedNode(HA + "year")
UNIT_TEXT: Final = NamedNode(HA + "unitText")
COMPARATOR: Final = NamedNode(HA + "comparator")
DIRECTION: Final = NamedNode(HA + "direction")
KIND: Final = NamedNode(HA + "kind")
TARGET: Final = NamedNode(HA + "target")
CONFIDENCE: Final = NamedNode(HA + "confidence")
RULE: Final = NamedNode(HA + "rule")
SENTENCE: Final = NamedNode(HA + "sentence")
LENGTH: Final = NamedNode(HA + "length")
CELL: Final = NamedNode(HA + "cell")
MENTION_LABEL: Final = NamedNode(HA + "label")
FULL_NAME: Final = NamedNode(HA + "fullName")
CODE: Final = NamedNode(HA + "code")
PLACE_LEVEL: Final = NamedNode(HA + "level")
WITHIN: Final = NamedNode(HA + "within")
INVENTED: Final = NamedNode(HA + "invented")
PROBLEM: Final = NamedNode(HA + "problem")

# Our own: individuals
CANDIDATES: Final = NamedNode(HA + "candidates")
INDICATOR_CODES: Final = NamedNode(HA + "indicator-codes")
SHARES: Final = NamedNode(HA + "shares")
ORGANISATION_TYPES: Final = NamedNode(HA + "organisation-types")
PROGRAMME_TYPES: Final = NamedNode(HA + "programme-types")
ROLES: Final[dict[Role, NamedNode]] = {
    "runs": NamedNode(HA + "role-runs"),
    "takes-part": NamedNode(HA + "role-takes-part"),
    "won": NamedNode(HA + "role-won"),
}
SOFTWARE: Final = NamedNode(HA + "kg")
CUBE: Final = NamedNode(HA + "structure")
CONSOLIDATED_CUBE: Final = NamedNode(HA + "structure-consolidated")
