class IntegrationFault(Exception):
    status_code = 503


class CoverageDenied(IntegrationFault):
    status_code = 409


class SlotTaken(IntegrationFault):
    pass
