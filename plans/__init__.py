"""The Police and Crime Plan: what it promises, who delivers it, how it stands and which way it is going."""
